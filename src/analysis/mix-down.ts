/** The mean of the channels, in `room` (at least as long) unless there is only one. */
export function mixedDown(channels: readonly Float32Array[], room: Float32Array): Float32Array {
  const [first] = channels;
  if (channels.length === 1) return first;
  const mono = room.subarray(0, first.length);
  const scale = 1 / channels.length;
  for (let i = 0; i < mono.length; i++) mono[i] = first[i] * scale;
  for (const channel of channels.slice(1))
    for (let i = 0; i < mono.length; i++) mono[i] += channel[i] * scale;
  return mono;
}
