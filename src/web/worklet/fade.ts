/**
 * Gain over time as ramps linear in power: two decks, one rising while the other falls, sum to an even power
 * (equal-power crossfade). A gain of g is a power of g squared.
 */
interface Ramp {
  readonly fromS: number;
  readonly toS: number;
  readonly toPower: number;
}

export class Fade {
  #ramps: Ramp[] = [];
  #power: number;

  constructor(gain: number) {
    this.#power = gain * gain;
  }

  /** Ramps to `toGain` between two moments; erases ramps planned to begin later, cuts one that is under way. */
  ramp(fromS: number, toS: number, toGain: number): void {
    const power = this.#powerAt(fromS);
    const kept = this.#ramps.filter((ramp) => ramp.fromS < fromS);
    const last = kept.at(-1);
    if (last !== undefined && last.toS > fromS) {
      kept[kept.length - 1] = { fromS: last.fromS, toS: fromS, toPower: power };
    }
    kept.push({ fromS, toS: Math.max(fromS, toS), toPower: toGain * toGain });
    this.#ramps = kept;
  }

  set(gain: number): void {
    this.#ramps = [];
    this.#power = gain * gain;
  }

  /** Settles ramps that are over at `tS`. Times asked for must not go back. */
  advance(tS: number): void {
    for (;;) {
      const first = this.#ramps[0];
      if (first === undefined || first.toS > tS) return;
      this.#power = first.toPower;
      this.#ramps.shift();
    }
  }

  gainAt(tS: number): number {
    return Math.sqrt(this.#powerAt(tS));
  }

  #powerAt(tS: number): number {
    let power = this.#power;
    for (const { fromS, toS, toPower } of this.#ramps) {
      if (tS <= fromS) break;
      power = tS >= toS ? toPower : power + ((toPower - power) * (tS - fromS)) / (toS - fromS);
    }
    return power;
  }
}
