/** Binary data written as text into a module, so that Node, workers and browsers load it alike. */

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const valueOf = new Uint8Array(128);
for (let value = 0; value < digits.length; value++) valueOf[digits.charCodeAt(value)] = value;

export function bytesOfBase64(text: string): Uint8Array {
  const length = text.replace(/[=]+$/u, "").length;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    bits = ((bits << 6) | valueOf[text.charCodeAt(i)]!) & 0xffffff;
    if (i % 4 > 0) bytes[at++] = (bits >> (6 - 2 * (i % 4))) & 0xff;
  }
  return bytes;
}

/** 16-bit floats (IEEE 754 binary16, little-endian, no infinities) -> numbers. */
export function floatsOfHalves(bytes: Uint8Array): Float32Array {
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => {
    const half = bytes[2 * i]! | (bytes[2 * i + 1]! << 8);
    const exponent = (half >> 10) & 31;
    const mantissa = half & 1023;
    const size = exponent === 0 ? mantissa * 2 ** -24 : (1024 + mantissa) * 2 ** (exponent - 25);
    return half & 0x8000 ? -size : size;
  });
}
