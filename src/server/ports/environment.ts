/** Time and chance, passed in so that tests and replays decide them. */
export interface Clock {
  /** Unix time. */
  nowMs(): number;
}

export interface Randomness {
  bytes(count: number): Uint8Array;
}
