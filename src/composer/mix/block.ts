/** Frames worked on at once: shorter than every delay line, long enough that per-block work costs nothing. */
export const blockFrames = 512;
