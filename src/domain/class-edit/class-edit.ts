/** A class while it is being edited: blocks in repeatable groups, cues that move with their blocks. */
import { intensityOfWork } from "../catalogue/intensity.ts";
import type { Block, ClassPlan, Cue, Level, Sport } from "../class-plan.ts";
import { blockIndexAt } from "../class-plan.ts";
import type { ClassVideo } from "../class-video.ts";
import type { Seconds } from "../units.ts";
import { foldRepeats } from "./fold.ts";

/** A block that has no place yet; where it starts follows from what lies before it. */
export interface EditBlock extends Omit<Block, "startS"> {
  /** Unique in its class, also against cues and groups. */
  readonly id: number;
  /** Its label is followed by "2 of 5" wherever it occurs more than once. */
  readonly numbered: boolean;
}

/** Blocks that are done `times` times in a row. */
export interface EditGroup {
  readonly id: number;
  readonly times: number;
  readonly blocks: readonly EditBlock[];
}

export interface EditCue {
  readonly id: number;
  readonly blockId: number;
  /** Which time round it is said, from 0; null: every time. */
  readonly pass: number | null;
  /** From the start of its block. */
  readonly offsetS: Seconds;
  readonly text: string;
}

export interface ClassEdit {
  readonly title: string;
  readonly description: string;
  readonly sport: Sport;
  readonly level: Level;
  readonly equipment: readonly string[];
  readonly lowImpact: boolean;
  readonly citation: string | null;
  readonly video: ClassVideo | null;
  readonly groups: readonly EditGroup[];
  readonly cues: readonly EditCue[];
  /** The next id that nothing has had. */
  readonly nextId: number;
}

/** A block where it stands: which time round, and when. */
export interface PlacedBlock {
  readonly block: EditBlock;
  readonly group: EditGroup;
  readonly pass: number;
  readonly startS: Seconds;
}

/** Every block in the order it is done, repeats written out. */
export function placedBlocks(edit: Pick<ClassEdit, "groups">): PlacedBlock[] {
  const placed: PlacedBlock[] = [];
  let startS = 0;
  for (const group of edit.groups) {
    for (let pass = 0; pass < group.times; pass += 1) {
      for (const block of group.blocks) {
        placed.push({ block, group, pass, startS });
        startS += block.durationS;
      }
    }
  }
  return placed;
}

/** Where the cues are said, in order; cues of blocks or rounds that are gone are left out. */
function placedCues(edit: ClassEdit, placed: readonly PlacedBlock[]): Cue[] {
  const byBlock = Map.groupBy(edit.cues, (cue) => cue.blockId);
  return placed
    .flatMap(({ block, pass, startS }) =>
      (byBlock.get(block.id) ?? [])
        .filter((cue) => cue.pass === null || cue.pass === pass)
        .map(({ offsetS, text }) => ({ atS: startS + offsetS, text })),
    )
    .toSorted((one, other) => one.atS - other.atS);
}

/** The labels as they are shown: numbered ones count through the class. */
function labelsOf(placed: readonly PlacedBlock[]): string[] {
  const totals = new Map<string, number>();
  for (const { block } of placed)
    if (block.numbered) totals.set(block.label, (totals.get(block.label) ?? 0) + 1);
  const counted = new Map<string, number>();
  return placed.map(({ block: { label, numbered } }) => {
    const total = totals.get(label) ?? 1;
    if (!numbered || total === 1) return label;
    const number = (counted.get(label) ?? 0) + 1;
    counted.set(label, number);
    return `${label} ${number} of ${total}`;
  });
}

/** The class that an edit describes, as it would be saved under `id`. */
export function planOfEdit(edit: ClassEdit, id: string): ClassPlan {
  const placed = placedBlocks(edit);
  const labels = labelsOf(placed);
  const blocks = placed.map(({ block, startS }, index): Block => {
    const { durationS, kind, cadence, power, hrZone, rpe, energy } = block;
    return { startS, durationS, kind, label: labels[index] ?? "", cadence, power, hrZone, rpe, energy };
  });
  return {
    id,
    title: edit.title.trim(),
    sport: edit.sport,
    durationS: blocks.reduce((sum, block) => sum + block.durationS, 0),
    family: "own",
    description: edit.description.trim(),
    intensity: intensityOfWork(blocks),
    level: edit.level,
    equipment: edit.equipment,
    lowImpact: edit.lowImpact,
    blocks,
    cues: placedCues(edit, placed),
    citation: edit.citation,
    ...(edit.video === null ? {} : { video: edit.video }),
  };
}

/** The edit of a class that exists: neighbours that repeat become groups, cues are tied to their blocks. */
export function editOfPlan(plan: ClassPlan): ClassEdit {
  let nextId = 1;
  const take = (): number => nextId++;
  const at: { blockId: number; pass: number }[] = [];
  const groups = foldRepeats(plan.blocks).map(({ times, blocks }): EditGroup => {
    const own = blocks.map((block): EditBlock => ({ ...block, id: take() }));
    for (let pass = 0; pass < times; pass += 1) at.push(...own.map(({ id }) => ({ blockId: id, pass })));
    return { id: take(), times, blocks: own };
  });
  const cues = plan.cues.flatMap((cue): EditCue[] => {
    const index = blockIndexAt(plan, cue.atS);
    const [place, block] = [at[index], plan.blocks[index]];
    if (place === undefined || block === undefined) return [];
    return [{ id: take(), ...place, offsetS: cue.atS - block.startS, text: cue.text }];
  });
  const { title, description, sport, level, equipment, lowImpact, citation, video = null } = plan;
  return { title, description, sport, level, equipment, lowImpact, citation, video, groups, cues, nextId };
}

/** A copy to change: under another name, and no longer the protocol that somebody described. */
export function copyOfPlan(plan: ClassPlan): ClassEdit {
  return { ...editOfPlan(plan), title: `${plan.title}, my way`, citation: null };
}
