/** What is said during the chosen block. */
import type { EditCue } from "#domain/class-edit/class-edit.ts";
import { addCue, changeCue, coachAnew, removeCue } from "#domain/class-edit/operations.ts";
import type { EditProblem } from "#domain/class-edit/problems.ts";
import { classLimits } from "#domain/class-limits.ts";
import { Button, Field } from "../../ui/controls.tsx";
import { TimeField } from "./typed-fields.tsx";
import type { Editor } from "./use-editor.ts";

interface CueRowProps {
  readonly editor: Editor;
  readonly cue: EditCue;
  readonly times: number;
  readonly problem?: string;
}

function CueRow({ editor, cue, times, problem }: CueRowProps) {
  const change = (changed: Partial<EditCue>, about?: string) =>
    editor.change(
      changeCue(editor.edit, cue.id, changed),
      about === undefined ? undefined : `${about} ${cue.id}`,
    );
  return (
    <li className="cue">
      <TimeField label="After" value={cue.offsetS} onChange={(offsetS) => change({ offsetS }, "cue at")} />
      <div className="cue-text">
        <Field label="Say" hint={problem}>
          {(id, hintId) => (
            <input
              id={id}
              className="input"
              maxLength={classLimits.cueLength}
              aria-describedby={hintId}
              aria-invalid={problem !== undefined}
              value={cue.text}
              onChange={(event) => change({ text: event.target.value }, "cue text")}
            />
          )}
        </Field>
      </div>
      {times > 1 && (
        <Field label="Round">
          {(id) => (
            <select
              id={id}
              className="select chosen"
              value={cue.pass ?? ""}
              onChange={(event) =>
                change({ pass: event.target.value === "" ? null : Number(event.target.value) })
              }
            >
              <option value="">Every</option>
              {Array.from({ length: times }, (_, pass) => (
                <option key={pass} value={pass}>
                  {pass + 1}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Button weight="quiet" icon="close" onPress={() => editor.change(removeCue(editor.edit, cue.id))}>
        <span className="visually-hidden">Remove this cue</span>
      </Button>
    </li>
  );
}

export function CueList({ editor, problems }: { editor: Editor; problems: readonly EditProblem[] }) {
  const { edit, chosen } = editor;
  if (chosen === null) return null;
  const { block, group, pass } = chosen;
  const cues = edit.cues
    .filter((cue) => cue.blockId === block.id && (cue.pass === null || cue.pass === pass))
    .toSorted((one, other) => one.offsetS - other.offsetS || one.id - other.id);
  const add = () => {
    const last = cues.at(-1)?.offsetS ?? -10;
    const offsetS = Math.min(last + 10, Math.max(0, block.durationS - 5));
    editor.change(addCue(edit, { blockId: block.id, pass: null, offsetS, text: "" }));
  };
  return (
    <div className="cues">
      {cues.length === 0 && <p className="muted small">Nothing is said during this block.</p>}
      <ul aria-label="Cues of this block">
        {cues.map((cue) => (
          <CueRow
            key={cue.id}
            editor={editor}
            cue={cue}
            times={group.times}
            problem={problems.find(({ field, id }) => field === "cue" && id === cue.id)?.text}
          />
        ))}
      </ul>
      <div className="row">
        <Button onPress={add}>Add a cue</Button>
        <Button weight="quiet" onPress={() => editor.change(coachAnew(edit))}>
          Write all cues anew
        </Button>
      </div>
      <p className="muted small">
        Writing them anew replaces every cue of the class by the usual ones for its blocks. Undo brings yours
        back.
      </p>
    </div>
  );
}
