/** Where in its track a deck is at which moment: a piecewise-linear map from output time to source position. */
interface Segment {
  readonly atS: number;
  readonly sourceS: number;
  /** Source seconds per output second; null while stopped. */
  readonly rate: number | null;
}

export class DeckMotion {
  #segments: Segment[] = [];

  /** From `atS` on the deck is at `sourceS` and moves at `rate`; whatever was planned from then on is erased. */
  play(atS: number, sourceS: number, rate: number): void {
    this.#put({ atS, sourceS, rate });
  }

  stop(atS: number): void {
    this.#put({ atS, sourceS: 0, rate: null });
  }

  clear(): void {
    this.#segments = [];
  }

  /** Forgets segments that are over at `tS`. Times asked for must not go back. */
  advance(tS: number): void {
    while (this.#segments.length > 1 && (this.#segments[1]?.atS ?? Infinity) <= tS) this.#segments.shift();
  }

  /** Rate at `tS`; null while stopped. */
  rateAt(tS: number): number | null {
    return this.#at(tS)?.rate ?? null;
  }

  /** The first moment from `tS` on at which the deck moves; Infinity when none is planned. */
  movesFrom(tS: number): number {
    for (let index = 0; index < this.#segments.length; index++) {
      const segment = this.#segments[index] as Segment;
      const endS = this.#segments[index + 1]?.atS ?? Infinity;
      if (segment.rate !== null && endS > tS) return Math.max(tS, segment.atS);
    }
    return Infinity;
  }

  /** Source position at `tS`; meaningless (0) while stopped. */
  sourceAt(tS: number): number {
    const segment = this.#at(tS);
    if (segment === null || segment.rate === null) return 0;
    return segment.sourceS + (tS - segment.atS) * segment.rate;
  }

  #put(segment: Segment): void {
    this.#segments = this.#segments.filter(({ atS }) => atS < segment.atS);
    this.#segments.push(segment);
  }

  #at(tS: number): Segment | null {
    let found: Segment | null = null;
    for (const segment of this.#segments) {
      if (segment.atS > tS) break;
      found = segment;
    }
    return found;
  }
}
