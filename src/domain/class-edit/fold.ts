import type { Block } from "../class-plan.ts";

export interface FoldedBlock extends Omit<Block, "startS"> {
  readonly numbered: boolean;
}

export interface Folded {
  readonly times: number;
  readonly blocks: readonly FoldedBlock[];
}

/** The longest group looked for; people write sets of two to six. */
const longestPeriod = 8;

function foldable(block: Block): FoldedBlock {
  const { durationS, kind, cadence, power, hrZone, rpe, energy } = block;
  const label = block.label.replace(/ \d+ of \d+$/, "");
  return { durationS, kind, label, numbered: label !== block.label, cadence, power, hrZone, rpe, energy };
}

/** How often the `period` blocks from `start` stand there in a row. */
function timesAt(keys: readonly string[], start: number, period: number): number {
  let times = 1;
  for (let at = start + period; at + period <= keys.length; at += period) {
    for (let step = 0; step < period; step += 1) if (keys[at + step] !== keys[start + step]) return times;
    times += 1;
  }
  return times;
}

/** Blocks as groups: whatever stands several times in a row once, with how often; all else alone. Nothing is lost but numbering. */
export function foldRepeats(blocks: readonly Block[]): Folded[] {
  const plain = blocks.map(foldable);
  const keys = plain.map((block) => JSON.stringify(block));
  const folded: Folded[] = [];
  for (let start = 0; start < plain.length;) {
    let best = { period: 1, times: 1 };
    for (let period = 1; period <= longestPeriod; period += 1) {
      const times = timesAt(keys, start, period);
      if (times > 1 && times * period > best.times * best.period) best = { period, times };
    }
    folded.push({ times: best.times, blocks: plain.slice(start, start + best.period) });
    start += best.period * best.times;
  }
  return folded;
}
