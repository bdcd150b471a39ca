/** The mean of the channels, in `room` (at least as long) unless there is only one. */
export function mixedDown(channels: readonly Float32Array[], room: Float32Array): Float32Array {
  const [first, second, ...others] = channels;
  if (channels.length === 1) return first;
  const { length } = first;
  const scale = 1 / channels.length;
  for (let i = 0; i < length; i++) room[i] = (first[i] + second[i]) * scale;
  for (const channel of others) for (let i = 0; i < length; i++) room[i] += channel[i] * scale;
  return room.subarray(0, length);
}
