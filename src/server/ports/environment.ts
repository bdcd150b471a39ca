/** Time, passed in so that tests decide it. */
export interface Clock {
  /** Unix time. */
  nowMs(): number;
}
