/** The partial soundtracks ("labels") of a search, in arrays: the best of each boundary, as many as there is room for. */

/** In place of a label: the soundtrack that has not begun. */
export const root = -1;

/** `width` places for each boundary, label `boundary * width + place`. */
export class Labels {
  readonly counts: Int32Array;
  readonly track: Int32Array;
  readonly start: Int16Array;
  readonly before: Int32Array;
  readonly cost: Float64Array;
  /** Prices of the tracks used so far. */
  readonly paid: Float64Array;
  readonly bound: Float64Array;
  readonly hash: Int32Array;
  readonly words: number;
  readonly used: Int32Array;
  private readonly worst: Int32Array;
  readonly width: number;

  constructor(boundaries: number, width: number, tracks: number) {
    this.width = width;
    const size = boundaries * width;
    this.counts = new Int32Array(boundaries);
    this.worst = new Int32Array(boundaries);
    this.track = new Int32Array(size);
    this.start = new Int16Array(size);
    this.before = new Int32Array(size);
    this.cost = new Float64Array(size);
    this.paid = new Float64Array(size);
    this.bound = new Float64Array(size);
    this.hash = new Int32Array(size);
    this.words = (tracks + 31) >> 5;
    this.used = new Int32Array(size * this.words);
  }

  full(boundary: number): boolean {
    return this.counts[boundary] === this.width;
  }

  worstBound(boundary: number): number {
    return this.full(boundary) ? this.bound[this.worst[boundary]!]! : Infinity;
  }

  lastOf(label: number): number {
    return label === root ? -1 : this.track[label]!;
  }

  beforeOf(label: number): number {
    return label === root ? root : this.before[label]!;
  }

  /** A label at this boundary with the same tracks, of which the last two are the same; -1 when there is none. */
  twin(boundary: number, hash: number, track: number, beforeTrack: number): number {
    const first = boundary * this.width;
    for (let label = first; label < first + this.counts[boundary]!; label += 1) {
      if (this.hash[label] !== hash || this.track[label] !== track) continue;
      if (this.lastOf(this.before[label]!) === beforeTrack) return label;
    }
    return -1;
  }

  /** A free place, or that of the worst label. */
  place(boundary: number): number {
    const first = boundary * this.width;
    return this.full(boundary) ? this.worst[boundary]! : first + this.counts[boundary]!++;
  }

  /** To be called after a change. */
  findWorst(boundary: number): void {
    if (!this.full(boundary)) return;
    const first = boundary * this.width;
    let worst = first;
    for (let label = first + 1; label < first + this.width; label += 1)
      if (this.bound[label]! > this.bound[worst]!) worst = label;
    this.worst[boundary] = worst;
  }

  /** The labels of a boundary, most promising first. */
  sorted(boundary: number): number[] {
    const first = boundary * this.width;
    const labels = Array.from({ length: this.counts[boundary]! }, (_, place) => first + place);
    return labels.sort((a, b) => this.bound[a]! - this.bound[b]! || a - b);
  }
}
