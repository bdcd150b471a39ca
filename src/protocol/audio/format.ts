/** Which decoder a file needs, told from its bytes: names lie. */

export const audioFormats = ["mp3", "flac", "vorbis", "opus", "m4a", "adts", "wav"] as const;
export type AudioFormat = (typeof audioFormats)[number];

/** How many bytes of a stream `detectFormat` looks at: enough to get past the padding some MP3 tools leave in front. */
export const formatProbeBytes = 16_384;

function startsWith(bytes: Uint8Array, text: string, offset = 0): boolean {
  if (bytes.length < offset + text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Length of an ID3v2 tag at the start of `head`, 0 when there is none (id3.org, ID3v2.4 structure, section 3.1). */
export function id3v2Bytes(head: Uint8Array): number {
  if (head.length < 10 || !startsWith(head, "ID3")) return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 0x7f), 0);
  const footerBytes = ((head[5] ?? 0) & 0x10) === 0 ? 0 : 10;
  return 10 + size + footerBytes;
}

const bitrates1: readonly number[] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const bitrates2: readonly number[] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const sampleRates1: readonly number[] = [44_100, 48_000, 32_000];

/** Length in bytes of the MPEG layer III frame whose header is at `at`, or 0 when that is none (ISO/IEC 11172-3, 2.4.1.3). */
function mp3FrameBytes(bytes: Uint8Array, at: number): number {
  const [sync, id, rates] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
  if (sync !== 0xff || (id & 0xe0) !== 0xe0 || ((id >> 1) & 3) !== 1) return 0;
  const version = (id >> 3) & 3;
  const rate = sampleRates1[(rates >> 2) & 3];
  const bitrate = (version === 3 ? bitrates1 : bitrates2)[rates >> 4];
  if (version === 1 || rate === undefined || !bitrate) return 0;
  const sampleRate = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  return Math.floor(((version === 3 ? 144 : 72) * bitrate * 1000) / sampleRate) + ((rates >> 1) & 1);
}

/** Length in bytes of the ADTS frame at `at`, or 0 (ISO/IEC 14496-3, 1.A.2). */
function adtsFrameBytes(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xf6) !== 0xf0) return 0;
  const length =
    (((bytes[at + 3] ?? 0) & 3) << 11) | ((bytes[at + 4] ?? 0) << 3) | ((bytes[at + 5] ?? 0) >> 5);
  return length >= 7 ? length : 0;
}

/** Two frames in a row, or one that ends exactly where the stream does, are no coincidence. */
function hasFrames(bytes: Uint8Array, frameBytes: (bytes: Uint8Array, at: number) => number): boolean {
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const length = frameBytes(bytes, at);
    if (length === 0) continue;
    if (at + length === bytes.length || frameBytes(bytes, at + length) > 0) return true;
  }
  return false;
}

function oggFormat(head: Uint8Array): AudioFormat | null {
  const payload = 27 + (head[26] ?? 0);
  if (startsWith(head, "OpusHead", payload)) return "opus";
  if (startsWith(head, "\x01vorbis", payload)) return "vorbis";
  return startsWith(head, "\x7fFLAC", payload) ? "flac" : null;
}

/** The format of a stream that begins with `head` (ID3v2 tag already skipped), or null when it is none we know. */
export function detectFormat(head: Uint8Array): AudioFormat | null {
  if (startsWith(head, "RIFF") && startsWith(head, "WAVE", 8)) return "wav";
  if (startsWith(head, "fLaC")) return "flac";
  if (startsWith(head, "OggS")) return oggFormat(head);
  if (startsWith(head, "ftyp", 4)) return "m4a";
  if (hasFrames(head, adtsFrameBytes)) return "adts";
  return hasFrames(head, mp3FrameBytes) ? "mp3" : null;
}
