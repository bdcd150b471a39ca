/** What is wrong with a class in the editor, said in words beside the place. */
import { spokenS } from "../catalogue/coach.ts";
import { cadenceRanges } from "../catalogue/validate.ts";
import type { Ramp } from "../class-plan.ts";
import { classLimits } from "../class-limits.ts";
import { placedBlocks, type ClassEdit, type EditBlock } from "./class-edit.ts";

export type EditField =
  | "title"
  | "description"
  | "blocks"
  | "duration"
  | "label"
  | "cadence"
  | "power"
  | "cue";

export interface EditProblem {
  readonly field: EditField;
  /** The block or cue it is about; null: the class. */
  readonly id: number | null;
  readonly text: string;
  /** It cannot be saved like this; otherwise it is advice. */
  readonly stops: boolean;
}

const shortestBlockS = 5;

function outside(ramp: Ramp, { from, to }: Ramp): boolean {
  return Math.min(ramp.from, ramp.to) < from || Math.max(ramp.from, ramp.to) > to;
}

function headProblems(edit: ClassEdit): EditProblem[] {
  const problems: EditProblem[] = [];
  const add = (field: EditField, text: string) => problems.push({ field, id: null, text, stops: true });
  const title = edit.title.trim();
  if (title === "") add("title", "Give the class a name.");
  if (title.length > classLimits.titleLength)
    add("title", `A name has at most ${classLimits.titleLength} letters.`);
  if (edit.description.length > classLimits.descriptionLength)
    add("description", `At most ${classLimits.descriptionLength} letters.`);
  const placed = placedBlocks(edit);
  const durationS = placed.reduce((sum, { block }) => sum + block.durationS, 0);
  if (placed.length === 0) add("blocks", "The class has no block yet. Add one.");
  if (placed.length > classLimits.blocks)
    add("blocks", `A class has at most ${classLimits.blocks} blocks, repeats counted.`);
  if (durationS > classLimits.durationS) add("blocks", "A class lasts at most 24 hours.");
  return problems;
}

function blockProblems(edit: ClassEdit, block: EditBlock): EditProblem[] {
  const problems: EditProblem[] = [];
  const add = (field: EditField, text: string, stops: boolean) =>
    problems.push({ field, id: block.id, text, stops });
  if (!(block.durationS >= shortestBlockS))
    add("duration", `A block lasts at least ${shortestBlockS} s.`, true);
  if (block.label.trim() === "") add("label", "Give the block a name; it is said and shown.", true);
  const usual = cadenceRanges[edit.sport];
  if (block.cadence !== null && usual !== undefined && outside(block.cadence, usual))
    add("cadence", `Few people hold this: usual is ${usual.from} to ${usual.to}.`, false);
  if (block.power !== null && outside(block.power, { from: 0, to: 2 }))
    add("power", "More than twice the threshold lasts seconds only.", false);
  return problems;
}

/** In a cool-down neither cadence nor power rises. */
function coolDownProblems(edit: ClassEdit): EditProblem[] {
  const rises = (ramp: Ramp | null) => ramp !== null && ramp.to > ramp.from;
  return edit.groups
    .flatMap(({ blocks }) => blocks)
    .filter(({ kind, power, cadence }) => kind === "cool-down" && (rises(power) || rises(cadence)))
    .map(({ id, power }) => ({
      field: rises(power) ? "power" : "cadence",
      id,
      text: "A cool-down should fall, or hold.",
      stops: false,
    }));
}

function cueProblems(edit: ClassEdit): EditProblem[] {
  const blocks = new Map(edit.groups.flatMap((group) => group.blocks).map((block) => [block.id, block]));
  return edit.cues.flatMap((cue): EditProblem[] => {
    const durationS = blocks.get(cue.blockId)?.durationS ?? 0;
    const problem = (text: string, stops: boolean) => [{ field: "cue" as const, id: cue.id, text, stops }];
    if (cue.text.trim() === "") return problem("Write what is to be said.", true);
    if (cue.offsetS > durationS) return problem("This lies after the end of its block.", true);
    const saidS = spokenS(cue.text);
    return cue.offsetS + saidS <= durationS
      ? []
      : problem(`It takes about ${Math.ceil(saidS)} s to say and runs over the end of its block.`, false);
  });
}

/** Every problem, those of the class first. */
export function problemsOfEdit(edit: ClassEdit): readonly EditProblem[] {
  return [
    ...headProblems(edit),
    ...edit.groups.flatMap(({ blocks }) => blocks).flatMap((block) => blockProblems(edit, block)),
    ...coolDownProblems(edit),
    ...cueProblems(edit),
  ];
}
