/** Puts comments into the start of an Ogg (Vorbis, Opus) or FLAC stream that an encoder wrote without any. */

/** Takes the bytes of a stream piece by piece and gives them on; until its headers are whole it holds them back. */
export type Tagger = (bytes: Uint8Array) => Uint8Array;

const utf8 = new TextEncoder();
const vendor = utf8.encode("Upbeat");

function commentList(comments: readonly string[]): Buffer {
  const entries = [vendor, ...comments.map((comment) => utf8.encode(comment))].map((entry) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(entry.length);
    return Buffer.concat([length, entry]);
  });
  const count = Buffer.alloc(4);
  count.writeUInt32LE(comments.length);
  return Buffer.concat([...entries.slice(0, 1), count, ...entries.slice(1)]);
}

function tagger(rewritten: (start: Buffer) => Buffer | null): Tagger {
  let held: Buffer | null = Buffer.alloc(0);
  return (bytes) => {
    if (held === null) return bytes;
    held = Buffer.concat([held, bytes]);
    const whole = rewritten(held);
    if (whole === null) return new Uint8Array(0);
    held = null;
    return whole;
  };
}

/** The header of a page up to its lacing values (RFC 3533). */
const pageHeaderBytes = 27;
const checksumAt = 22;
const mostSegments = 255;

function pageEnd(bytes: Buffer, at: number): number | null {
  const segments = bytes[at + pageHeaderBytes - 1];
  if (segments === undefined || bytes.length < at + pageHeaderBytes + segments) return null;
  let end = at + pageHeaderBytes + segments;
  for (let index = 0; index < segments; index += 1) end += bytes[at + pageHeaderBytes + index] ?? 0;
  return end <= bytes.length ? end : null;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

function checksum(page: Uint8Array): number {
  let crc = 0;
  for (const byte of page) crc = ((crc << 8) ^ (crcTable[(crc >>> 24) ^ byte] ?? 0)) >>> 0;
  return crc;
}

/** A page with the place of `page` in its stream and other packets. */
function pageOf(page: Buffer, packets: readonly Uint8Array[]): Buffer {
  const lacing = packets.flatMap(({ length }) => [
    ...Array<number>(Math.floor(length / 255)).fill(255),
    length % 255,
  ]);
  if (lacing.length > mostSegments) throw new RangeError("The comments do not fit into one page.");
  const header = Buffer.from(page.subarray(0, pageHeaderBytes));
  header[pageHeaderBytes - 1] = lacing.length;
  header.writeUInt32LE(0, checksumAt);
  const whole = Buffer.concat([header, Uint8Array.from(lacing), ...packets]);
  whole.writeUInt32LE(checksum(whole), checksumAt);
  return whole;
}

/** The packets of a page; none may go on from the page before or into the next. */
function packetsOf(page: Buffer): Buffer[] {
  const segments = page[pageHeaderBytes - 1] ?? 0;
  const packets: Buffer[] = [];
  let start = pageHeaderBytes + segments;
  let end = start;
  for (let index = 0; index < segments; index += 1) {
    const length = page[pageHeaderBytes + index] ?? 0;
    end += length;
    if (length === 255) continue;
    packets.push(page.subarray(start, end));
    start = end;
  }
  if (start !== end) throw new RangeError("The encoder's headers go on over pages.");
  return packets;
}

/** Replaces the comment packet, the first of the second page: "OpusTags", or type 3 of Vorbis with its closing bit. */
export function oggTagger(comments: readonly string[]): Tagger {
  return tagger((start) => {
    const second = pageEnd(start, 0);
    const after = second === null ? null : pageEnd(start, second);
    if (second === null || after === null) return null;
    const page = start.subarray(second, after);
    const [before, ...others] = packetsOf(page);
    const isOpus = before?.subarray(0, 8).toString("latin1") === "OpusTags";
    const packet = isOpus
      ? Buffer.concat([utf8.encode("OpusTags"), commentList(comments)])
      : Buffer.concat([Uint8Array.of(3), utf8.encode("vorbis"), commentList(comments), Uint8Array.of(1)]);
    return Buffer.concat([
      start.subarray(0, second),
      pageOf(page, [packet, ...others]),
      start.subarray(after),
    ]);
  });
}

const streamInfoEnd = 4 + 4 + 34;
const lastBlock = 0x80;
const vorbisCommentBlock = 4;

/** Where FLAC's frames begin: after the block of metadata that says it is the last (RFC 9639, 8). */
function flacFrames(bytes: Buffer): number | null {
  for (let at = 4; at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUIntBE(at + 1, 3);
    if (((bytes[at] ?? 0) & lastBlock) !== 0) return end <= bytes.length ? end : null;
    at = end;
  }
  return null;
}

/** Keeps STREAMINFO and puts the comments in place of all other metadata. */
export function flacTagger(comments: readonly string[]): Tagger {
  return tagger((start) => {
    const frames = flacFrames(start);
    if (frames === null) return null;
    const list = commentList(comments);
    const head = Buffer.from(start.subarray(0, streamInfoEnd));
    head[4] = 0;
    const block = Buffer.alloc(4);
    block[0] = lastBlock | vorbisCommentBlock;
    block.writeUIntBE(list.length, 1, 3);
    return Buffer.concat([head, block, list, start.subarray(frames)]);
  });
}
