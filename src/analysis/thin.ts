/**
 * Starts a thinner: all channels in one, at 1 / `factor` of the rate; samples left over wait for the next
 * block. Means of neighbouring samples: near the new rate, what would be heard as its mirror image lies 13 dB and more
 * beneath, and music has little there.
 */
export function createThinner(factor: number): (channels: readonly Float32Array[]) => Float32Array {
  let sum = 0;
  let summed = 0;
  return (channels) => {
    const { length } = channels[0];
    const thin = new Float32Array(Math.floor((summed + length) / factor));
    let at = 0;
    for (let i = 0; i < length; i++) {
      for (let c = 0; c < channels.length; c++) sum += channels[c][i];
      if (++summed < factor) continue;
      thin[at++] = sum / (factor * channels.length);
      sum = 0;
      summed = 0;
    }
    return thin;
  };
}
