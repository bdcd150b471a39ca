/** PCM (-1..1) as a WAV file of 16 bits. */
export function wavOf(channels: readonly Float32Array[], sampleRate: number): Uint8Array<ArrayBuffer> {
  const frames = channels[0].length;
  const blockBytes = channels.length * 2;
  const bytes = new Uint8Array(44 + frames * blockBytes);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => bytes.set(Buffer.from(value, "latin1"), at);
  text(0, "RIFF");
  view.setUint32(4, 36 + frames * blockBytes, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * blockBytes, true);
  view.setUint16(32, blockBytes, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, frames * blockBytes, true);
  for (let i = 0; i < frames; i++) {
    for (const [c, channel] of channels.entries()) {
      const value = Math.round(Math.max(-1, Math.min(1, channel[i])) * 32_767);
      view.setInt16(44 + i * blockBytes + c * 2, value, true);
    }
  }
  return bytes;
}
