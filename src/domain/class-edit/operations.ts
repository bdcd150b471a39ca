/** Every change to a class in the editor: pure, from one edit to the next. Ids that are not there change nothing. */
import { addCuesOfStep } from "../catalogue/coach.ts";
import { usualEquipment } from "../catalogue/compile.ts";
import type { Step } from "../catalogue/draft.ts";
import { effortAtExertion } from "../catalogue/effort.ts";
import type { BlockKind, Cue, Ramp, Sport } from "../class-plan.ts";
import {
  placedBlocks,
  type ClassEdit,
  type EditBlock,
  type EditCue,
  type EditGroup,
  type PlacedBlock,
} from "./class-edit.ts";
import { hasCadence, hasPower, usualBlock } from "./effort-block.ts";

/** More rounds than this is a slip of the hand. */
export const maxTimes = 100;

function mapBlocks(edit: ClassEdit, change: (block: EditBlock) => EditBlock): ClassEdit {
  const groups = edit.groups.map((group) => ({ ...group, blocks: group.blocks.map(change) }));
  return { ...edit, groups };
}

/** Puts `made` behind a block: into its group when that repeats, else as a group of its own; at the end without one. */
function insert(edit: ClassEdit, afterId: number | null, made: EditBlock): ClassEdit {
  const alone: EditGroup = { id: made.id + 1, times: 1, blocks: [made] };
  const index = edit.groups.findIndex(({ blocks }) => blocks.some(({ id }) => id === afterId));
  const group = edit.groups[index];
  const nextId = made.id + 2;
  if (group === undefined) return { ...edit, nextId, groups: [...edit.groups, alone] };
  if (group.blocks.length === 1 && group.times === 1)
    return { ...edit, nextId, groups: edit.groups.toSpliced(index + 1, 0, alone) };
  const at = group.blocks.findIndex(({ id }) => id === afterId) + 1;
  const grown = { ...group, blocks: group.blocks.toSpliced(at, 0, made) };
  return { ...edit, nextId, groups: edit.groups.with(index, grown) };
}

/** Adds a usual block of this kind; its id is the `nextId` of before. */
export function addBlock(edit: ClassEdit, afterId: number | null, kind: BlockKind): ClassEdit {
  return insert(edit, afterId, { ...usualBlock(edit.sport, kind), id: edit.nextId });
}

/** A copy behind the block, with its cues; its id is the `nextId` of before. */
export function duplicateBlock(edit: ClassEdit, blockId: number): ClassEdit {
  const block = blockById(edit, blockId);
  if (block === null) return edit;
  const copied = insert(edit, blockId, { ...block, id: edit.nextId });
  const cues = edit.cues
    .filter((cue) => cue.blockId === blockId)
    .map((cue, index): EditCue => ({ ...cue, id: copied.nextId + index, blockId: edit.nextId }));
  return { ...copied, cues: [...copied.cues, ...cues], nextId: copied.nextId + cues.length };
}

export function blockById(edit: ClassEdit, blockId: number): EditBlock | null {
  return edit.groups.flatMap(({ blocks }) => blocks).find(({ id }) => id === blockId) ?? null;
}

export function changeBlock(
  edit: ClassEdit,
  blockId: number,
  change: (block: EditBlock) => EditBlock,
): ClassEdit {
  return mapBlocks(edit, (block) => (block.id === blockId ? { ...change(block), id: blockId } : block));
}

export function removeBlock(edit: ClassEdit, blockId: number): ClassEdit {
  const groups = edit.groups
    .map((group) => ({ ...group, blocks: group.blocks.filter(({ id }) => id !== blockId) }))
    .filter(({ blocks }) => blocks.length > 0);
  return { ...edit, groups, cues: edit.cues.filter((cue) => cue.blockId !== blockId) };
}

function swapped<T>(list: readonly T[], at: number, by: -1 | 1): readonly T[] | null {
  const [one, other] = [list[at], list[at + by]];
  return one === undefined || other === undefined ? null : list.with(at, other).with(at + by, one);
}

/** One place earlier or later: within its repeat, and at the edge of it the repeat as a whole. */
export function moveBlock(edit: ClassEdit, blockId: number, by: -1 | 1): ClassEdit {
  const index = edit.groups.findIndex(({ blocks }) => blocks.some(({ id }) => id === blockId));
  const group = edit.groups[index];
  if (group === undefined) return edit;
  const within = swapped(
    group.blocks,
    group.blocks.findIndex(({ id }) => id === blockId),
    by,
  );
  if (within !== null) return { ...edit, groups: edit.groups.with(index, { ...group, blocks: within }) };
  const groups = swapped(edit.groups, index, by);
  return groups === null ? edit : { ...edit, groups };
}

/** How many blocks from this one on can be made a repeat: up to the next one. 0 inside one. */
export function repeatable(edit: ClassEdit, blockId: number): number {
  const index = edit.groups.findIndex(({ blocks }) => blocks.some(({ id }) => id === blockId));
  const plain = edit.groups.slice(index).findIndex(({ times }) => times > 1);
  if (index < 0) return 0;
  return plain < 0 ? edit.groups.length - index : plain;
}

/** Makes a repeat of `span` blocks from this one on. */
export function makeRepeat(edit: ClassEdit, blockId: number, span: number, times: number): ClassEdit {
  if (span < 1 || times < 2 || times > maxTimes || span > repeatable(edit, blockId)) return edit;
  const index = edit.groups.findIndex(({ blocks }) => blocks.some(({ id }) => id === blockId));
  const merged = edit.groups.slice(index, index + span);
  const blocks = merged.flatMap((group) => group.blocks);
  return {
    ...edit,
    groups: edit.groups.toSpliced(index, span, { id: edit.nextId, times, blocks }),
    nextId: edit.nextId + 1,
  };
}

/** Changes how often a group is done; once takes it apart. Cues of rounds that are gone go with them. */
export function setTimes(edit: ClassEdit, groupId: number, times: number): ClassEdit {
  const group = edit.groups.find(({ id }) => id === groupId);
  if (group === undefined || times < 1 || times > maxTimes) return edit;
  const inside = new Set(group.blocks.map(({ id }) => id));
  const cues = edit.cues.filter(({ blockId, pass }) => !inside.has(blockId) || pass === null || pass < times);
  const parts =
    times > 1
      ? [{ ...group, times }]
      : group.blocks.map((block, index): EditGroup => ({
          id: edit.nextId + index,
          times: 1,
          blocks: [block],
        }));
  const groups = edit.groups.flatMap((other) => (other === group ? parts : [other]));
  return { ...edit, groups, cues, nextId: edit.nextId + group.blocks.length };
}

export function addCue(edit: ClassEdit, cue: Omit<EditCue, "id">): ClassEdit {
  return { ...edit, cues: [...edit.cues, { ...cue, id: edit.nextId }], nextId: edit.nextId + 1 };
}

export function changeCue(edit: ClassEdit, cueId: number, change: Partial<Omit<EditCue, "id">>): ClassEdit {
  return { ...edit, cues: edit.cues.map((cue) => (cue.id === cueId ? { ...cue, ...change } : cue)) };
}

export function removeCue(edit: ClassEdit, cueId: number): ClassEdit {
  return { ...edit, cues: edit.cues.filter(({ id }) => id !== cueId) };
}

function effortOf(block: EditBlock): Ramp {
  if (block.power !== null) return block.power;
  const effort = effortAtExertion(block.rpe ?? 3);
  return { from: effort, to: effort };
}

function stepOf({ block, pass, group }: PlacedBlock): Step {
  const { kind, durationS, label } = block;
  const numbered = group.times > 1 && block.numbered;
  const shown = numbered ? `${label} ${pass + 1} of ${group.times}` : label;
  return { kind, label: shown, durationS, effort: effortOf(block) };
}

/** Replaces every cue by what the built-in coach says of these blocks: what begins, advice, and a warning before a change. */
export function coachAnew(edit: ClassEdit): ClassEdit {
  const placed = placedBlocks(edit);
  const steps = placed.map(stepOf);
  let nextId = edit.nextId;
  const cues = placed.flatMap(({ block, pass, group }, index): EditCue[] => {
    const said: Cue[] = [];
    const step = steps[index];
    if (step !== undefined) addCuesOfStep(said, edit.sport, step, block.cadence, 0, steps[index + 1], index);
    return said.map(({ atS, text }) => ({
      id: nextId++,
      blockId: block.id,
      pass: group.times > 1 ? pass : null,
      offsetS: atS,
      text,
    }));
  });
  return { ...edit, cues, nextId };
}

/** Changes the sport: what the new one has no measure of goes, and what every block of it has comes. */
export function changeSport(edit: ClassEdit, sport: Sport): ClassEdit {
  const changed = mapBlocks(edit, (block) => ({
    ...block,
    cadence: hasCadence(sport) ? usualBlock(sport, block.kind).cadence : null,
    power: hasPower(sport) ? effortOf(block) : null,
  }));
  return { ...changed, sport, equipment: usualEquipment[sport], lowImpact: sport !== "running" };
}

/** A class to begin with: warm up, work, cool down. */
export function newClass(sport: Sport): ClassEdit {
  const empty: ClassEdit = {
    title: "",
    description: "",
    sport,
    level: "intermediate",
    equipment: usualEquipment[sport],
    lowImpact: sport !== "running",
    citation: null,
    video: null,
    groups: [],
    cues: [],
    nextId: 1,
  };
  return (["warm-up", "work", "cool-down"] as const).reduce<ClassEdit>(
    (edit, kind) => addBlock(edit, null, kind),
    empty,
  );
}
