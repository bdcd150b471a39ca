/** What the class is called and what it is for. */
import { useState } from "react";
import { levels, sports } from "#domain/class-plan.ts";
import type { ClassEdit } from "#domain/class-edit/class-edit.ts";
import { changeSport } from "#domain/class-edit/operations.ts";
import type { EditField, EditProblem } from "#domain/class-edit/problems.ts";
import { Field } from "../../ui/controls.tsx";
import { capital } from "../../ui/format.ts";
import type { Editor } from "./use-editor.ts";

interface FormProps {
  readonly editor: Editor;
  readonly problems: readonly EditProblem[];
}

function useHead({ editor, problems }: FormProps) {
  return {
    edit: editor.edit,
    set: (changed: Partial<ClassEdit>, about?: string) =>
      editor.change({ ...editor.edit, ...changed }, about),
    said: (field: EditField) =>
      problems.find((problem) => problem.field === field && problem.id === null)?.text,
  };
}

/** A name that was not given yet is missed only once the field was left, or saving was tried. */
export function TitleAndSport({ isSaveTried, ...props }: FormProps & { readonly isSaveTried: boolean }) {
  const { edit, set, said } = useHead(props);
  const [wasLeft, setWasLeft] = useState(false);
  const problem = edit.title !== "" || wasLeft || isSaveTried ? said("title") : undefined;
  return (
    <div className="head-form">
      <Field label="Title" hint={problem}>
        {(id, hintId) => (
          <input
            id={id}
            className="input"
            aria-describedby={hintId}
            aria-invalid={problem !== undefined}
            value={edit.title}
            onBlur={() => setWasLeft(true)}
            onChange={(event) => set({ title: event.target.value }, "title")}
          />
        )}
      </Field>
      <Field label="Sport">
        {(id) => (
          <select
            id={id}
            className="select chosen"
            value={edit.sport}
            onChange={(event) => {
              const sport = sports.find((known) => known === event.target.value);
              if (sport !== undefined) props.editor.change(changeSport(edit, sport));
            }}
          >
            {sports.map((sport) => (
              <option key={sport} value={sport}>
                {capital(sport)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Level">
        {(id) => (
          <select
            id={id}
            className="select chosen"
            value={edit.level}
            onChange={(event) => {
              const level = levels.find((known) => known === event.target.value);
              if (level !== undefined) set({ level });
            }}
          >
            {levels.map((level) => (
              <option key={level} value={level}>
                {capital(level)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

/** A list of things as people write it. */
function listOf(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .slice(0, 20);
}

interface EquipmentProps {
  readonly equipment: readonly string[];
  readonly onChange: (equipment: readonly string[]) => void;
}

/** Commas and spaces stay as they are typed as long as they mean the list that is kept. */
function Equipment({ equipment, onChange }: EquipmentProps) {
  const [typed, setTyped] = useState("");
  const kept = equipment.join(", ");
  return (
    <Field label="Equipment" hint="Separated by commas.">
      {(id, hintId) => (
        <input
          id={id}
          className="input"
          aria-describedby={hintId}
          value={listOf(typed).join(", ") === kept ? typed : kept}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(listOf(event.target.value));
          }}
        />
      )}
    </Field>
  );
}

export function About(props: FormProps) {
  const { edit, set, said } = useHead(props);
  return (
    <div className="about-form">
      <Field label="Description" hint={said("description")}>
        {(id, hintId) => (
          <textarea
            id={id}
            className="input"
            rows={3}
            aria-describedby={hintId}
            value={edit.description}
            onChange={(event) => set({ description: event.target.value }, "description")}
          />
        )}
      </Field>
      <Equipment equipment={edit.equipment} onChange={(equipment) => set({ equipment }, "equipment")} />
      <label className="check">
        <input
          type="checkbox"
          checked={edit.lowImpact}
          onChange={(event) => set({ lowImpact: event.target.checked })}
        />
        Low impact: nothing jumps or pounds
      </label>
      {edit.citation !== null && <p className="muted small">{edit.citation}</p>}
    </div>
  );
}
