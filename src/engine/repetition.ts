/** So many readings that come again exactly were recorded and not measured, if enough happens in them. */
const window = 60;
/** Four hours of one reading a second. */
const keptAtMost = 14_400;
const modulus = 2_147_483_647;
const base = 1009;

/** Finds a stretch of readings that repeats an earlier one exactly (a rolling hash over the last 60, compared in full). */
export class Repetition {
  private readonly changesAtLeast: number;
  private readonly values: number[] = [];
  private readonly seenAt = new Map<number, number>();
  private hash = 0;
  private readonly top = powerOf(base, window - 1);

  /** `changesAtLeast`: a stretch with fewer changes from one reading to the next may come again by chance. */
  constructor(changesAtLeast: number) {
    this.changesAtLeast = changesAtLeast;
  }

  /** Takes a reading; true when the last 60 are a copy of 60 that came before them. */
  push(value: number): boolean {
    const { values } = this;
    if (values.length >= keptAtMost) return false;
    const code = Math.round(value) + 1;
    const leaving = values[values.length - window];
    if (leaving !== undefined) this.hash = mod(this.hash - times(leaving, this.top));
    this.hash = mod(times(this.hash, base) + code);
    values.push(code);
    if (values.length < window || this.changes() < this.changesAtLeast) return false;
    const end = values.length;
    const before = this.seenAt.get(this.hash);
    if (before === undefined) {
      this.seenAt.set(this.hash, end);
      return false;
    }
    return end - before >= window && this.same(before, end);
  }

  private same(before: number, end: number): boolean {
    for (let back = 1; back <= window; back++) {
      if (this.values[before - back] !== this.values[end - back]) return false;
    }
    return true;
  }

  private changes(): number {
    let count = 0;
    for (let index = this.values.length - window + 1; index < this.values.length; index++) {
      if (this.values[index] !== this.values[index - 1]) count += 1;
    }
    return count;
  }
}

function mod(value: number): number {
  return ((value % modulus) + modulus) % modulus;
}

/** (a x b) mod the modulus without leaving the exact integers. */
function times(a: number, b: number): number {
  const high = Math.floor(b / 0x8000);
  const low = b % 0x8000;
  return mod(mod(a * high) * 0x8000 + a * low);
}

function powerOf(value: number, exponent: number): number {
  let result = 1;
  for (let step = 0; step < exponent; step++) result = times(result, value);
  return result;
}
