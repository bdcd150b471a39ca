import { blockIndexAt, type ClassPlan } from "#domain/class-plan.ts";
import type { Seconds } from "#domain/units.ts";
import type { BlockPass } from "#domain/workout.ts";
import type { EngineCommand } from "./contract.ts";

const countInS = 10;

/** Says what the class says: blocks as they begin, the seconds before them, the coach's cues. Keeps the blocks done. */
export class Announcer {
  private readonly plan: ClassPlan;
  private saidUntilS: Seconds;
  private blockIndex = -1;
  private blockStartS: Seconds = 0;
  private counted = Infinity;
  readonly passes: BlockPass[] = [];

  constructor(plan: ClassPlan, fromS: Seconds) {
    this.plan = plan;
    this.saidUntilS = fromS - 1e-6;
  }

  /** What is due up to class time `classTimeS`, at host time `atMs`. */
  step(classTimeS: Seconds, elapsedS: Seconds, atMs: number): EngineCommand[] {
    const commands: EngineCommand[] = [];
    const index = blockIndexAt(this.plan, classTimeS);
    if (index !== this.blockIndex) {
      this.pass(elapsedS, false);
      this.blockIndex = index;
      this.blockStartS = elapsedS;
      commands.push({ kind: "block", atMs, blockIndex: index });
    }
    for (const cue of this.plan.cues) {
      if (cue.atS > this.saidUntilS && cue.atS <= classTimeS)
        commands.push({ kind: "cue", atMs, text: cue.text });
    }
    commands.push(...this.countIn(classTimeS, atMs));
    this.saidUntilS = classTimeS;
    return commands;
  }

  /** The block was skipped; cues up to `toS` stay unsaid. */
  skipTo(toS: Seconds, elapsedS: Seconds): void {
    this.pass(elapsedS, true);
    this.blockIndex = -1;
    this.saidUntilS = toS - 1e-6;
  }

  /** Closes the block under way. */
  pass(elapsedS: Seconds, skipped: boolean): void {
    if (this.blockIndex < 0) return;
    this.passes.push({ blockIndex: this.blockIndex, startS: this.blockStartS, endS: elapsedS, skipped });
  }

  private countIn(classTimeS: Seconds, atMs: number): EngineCommand[] {
    const block = this.plan.blocks[this.blockIndex];
    const next = this.plan.blocks[this.blockIndex + 1];
    if (block === undefined || next === undefined) return [];
    const secondsLeft = Math.ceil(next.startS - classTimeS);
    if (secondsLeft > Math.min(countInS, block.durationS / 2) || secondsLeft < 1) {
      this.counted = Infinity;
      return [];
    }
    if (secondsLeft >= this.counted) return [];
    this.counted = secondsLeft;
    return [{ kind: "count-in", atMs, secondsLeft, nextLabel: next.label }];
  }
}
