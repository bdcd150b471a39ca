/** The chosen block in numbers. */
import { blockKinds, type Ramp } from "#domain/class-plan.ts";
import type { EditBlock } from "#domain/class-edit/class-edit.ts";
import { hasCadence, hasPower, withExertion, withPower } from "#domain/class-edit/effort-block.ts";
import { makeRepeat, maxTimes, repeatable, setTimes } from "#domain/class-edit/operations.ts";
import type { EditField, EditProblem } from "#domain/class-edit/problems.ts";
import { classLimits } from "#domain/class-limits.ts";
import { useState } from "react";
import { Button, Field } from "../../ui/controls.tsx";
import { cadenceUnit, capital, count } from "../../ui/format.ts";
import { withDuration } from "./dragging.ts";
import { NumberField, TimeField } from "./typed-fields.tsx";
import type { Editor } from "./use-editor.ts";

interface BlockFormProps {
  readonly editor: Editor;
  readonly problems: readonly EditProblem[];
}

interface RampFieldsProps {
  readonly label: string;
  readonly unit: string;
  readonly hint?: string;
  readonly problem?: string;
  readonly ramp: Ramp | null;
  /** What is shown for what is kept. */
  readonly scale: number;
  readonly max: number;
  readonly optional: boolean;
  readonly onChange: (ramp: Ramp | null) => void;
}

/** A target at the start and at the end of a block. Emptying one takes the target away; filling one sets both. */
function RampFields({ label, unit, hint, problem, ramp, scale, max, optional, onChange }: RampFieldsProps) {
  const set = (end: "from" | "to", shown: number | null) => {
    if (shown === null) return onChange(null);
    const value = shown / scale;
    // A block that holds goes on holding while its start is changed.
    const holds = ramp === null || (end === "from" && ramp.from === ramp.to);
    onChange(holds ? { from: value, to: value } : { ...ramp, [end]: value });
  };
  const common = { unit, min: 0, max, optional };
  return (
    <div className="pair">
      <NumberField
        {...common}
        label={`${label} from`}
        hint={hint}
        problem={problem}
        value={ramp === null ? null : ramp.from * scale}
        onChange={(value) => set("from", value)}
      />
      <NumberField
        {...common}
        label={`${label} to`}
        value={ramp === null ? null : ramp.to * scale}
        onChange={(value) => set("to", value)}
      />
    </div>
  );
}

function NameAndKind({ editor, block, problem }: { editor: Editor; block: EditBlock; problem?: string }) {
  return (
    <div className="pair wide">
      <Field
        label="Name"
        hint={problem ?? (block.numbered ? "Numbered where it comes more than once." : undefined)}
      >
        {(id, hintId) => (
          <input
            id={id}
            className="input"
            maxLength={classLimits.titleLength}
            aria-describedby={hintId}
            aria-invalid={problem !== undefined}
            value={block.label}
            onChange={(event) => {
              const label = event.target.value;
              editor.changeChosen((before) => ({ ...before, label }), "label");
            }}
          />
        )}
      </Field>
      <Field label="Kind">
        {(id) => (
          <select
            id={id}
            className="select chosen"
            value={block.kind}
            onChange={(event) => {
              const kind = blockKinds.find((known) => known === event.target.value);
              if (kind !== undefined) editor.changeChosen((before) => ({ ...before, kind }));
            }}
          >
            {blockKinds.map((kind) => (
              <option key={kind} value={kind}>
                {capital(kind)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

function Feel({ editor, block }: { editor: Editor; block: EditBlock }) {
  return (
    <div className="pair">
      <NumberField
        label="Exertion"
        unit="of 10"
        hint="How hard it should feel."
        value={block.rpe}
        min={0}
        max={10}
        optional
        onChange={(rpe) =>
          editor.changeChosen(
            (before) =>
              rpe === null || before.power !== null ? { ...before, rpe } : withExertion(before, rpe),
            "rpe",
          )
        }
      />
      <Field label="Heart-rate zone">
        {(id) => (
          <select
            id={id}
            className="select chosen"
            value={block.hrZone ?? ""}
            onChange={(event) => {
              const hrZone = event.target.value === "" ? null : Number(event.target.value);
              editor.changeChosen((before) => ({ ...before, hrZone }));
            }}
          >
            <option value="">None</option>
            {[1, 2, 3, 4, 5].map((zone) => (
              <option key={zone} value={zone}>
                Zone {zone}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

function Targets({ editor, block, problems }: BlockFormProps & { block: EditBlock }) {
  const { sport } = editor.edit;
  const said = (field: EditField) =>
    problems.find((problem) => problem.id === block.id && problem.field === field)?.text;
  return (
    <>
      {hasPower(sport) && (
        <RampFields
          label="Power"
          unit="%"
          hint="Of threshold power (FTP). Exertion, heart-rate zone and music energy follow it."
          problem={said("power")}
          ramp={block.power}
          scale={100}
          max={classLimits.powerShare * 100}
          optional
          onChange={(power) =>
            editor.changeChosen(
              (before) => (power === null ? { ...before, power } : withPower(before, power)),
              "power",
            )
          }
        />
      )}
      {hasCadence(sport) && (
        <RampFields
          label="Cadence"
          unit={cadenceUnit(sport)}
          hint="The music takes its tempo from it. Empty: as the athlete likes."
          problem={said("cadence")}
          ramp={block.cadence}
          scale={1}
          max={classLimits.cadence}
          optional
          onChange={(cadence) => editor.changeChosen((before) => ({ ...before, cadence }), "cadence")}
        />
      )}
      <Feel editor={editor} block={block} />
      <RampFields
        label="Music energy"
        unit="%"
        ramp={block.energy}
        scale={100}
        max={100}
        optional={false}
        onChange={(energy) =>
          energy !== null && editor.changeChosen((before) => ({ ...before, energy }), "energy")
        }
      />
    </>
  );
}

/** Making a repeat, or changing and ending the one this block is part of. */
function Repeat({ editor }: { editor: Editor }) {
  const { edit, chosen } = editor;
  const [span, setSpan] = useState(2);
  const [times, setTimesWanted] = useState(4);
  if (chosen === null) return null;
  const { group, block } = chosen;
  if (group.times > 1) {
    return (
      <div className="repeat">
        <NumberField
          label="Rounds"
          hint={`${count(group.blocks.length, "block")} a round. Changes here hold for every round.`}
          value={group.times}
          min={2}
          max={maxTimes}
          onChange={(value) =>
            value !== null && editor.change(setTimes(edit, group.id, Math.round(value)), `times ${group.id}`)
          }
        />
        <Button onPress={() => editor.change(setTimes(edit, group.id, 1))}>End the repeat</Button>
      </div>
    );
  }
  const most = Math.min(8, repeatable(edit, block.id));
  const chosenSpan = Math.min(span, most);
  return (
    <div className="repeat">
      <Field label="Repeat">
        {(id) => (
          <select
            id={id}
            className="select chosen"
            value={chosenSpan}
            onChange={(event) => setSpan(Number(event.target.value))}
          >
            {Array.from({ length: most }, (_, index) => (
              <option key={index} value={index + 1}>
                {index === 0 ? "This block" : `This and the next ${index === 1 ? "one" : index}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <NumberField
        label="Times"
        value={times}
        min={2}
        max={maxTimes}
        onChange={(value) => value !== null && setTimesWanted(Math.round(value))}
      />
      <Button onPress={() => editor.change(makeRepeat(edit, block.id, chosenSpan, times))}>
        Make a repeat
      </Button>
    </div>
  );
}

export function BlockForm({ editor, problems }: BlockFormProps) {
  const block = editor.chosen?.block;
  if (block === undefined) return null;
  const said = (field: EditField) =>
    problems.find((problem) => problem.id === block.id && problem.field === field)?.text;
  return (
    // Another block has other fields: nothing typed goes over to it.
    <div className="block-form" key={block.id}>
      <NameAndKind editor={editor} block={block} problem={said("label")} />
      <TimeField
        label="Length"
        problem={said("duration")}
        value={block.durationS}
        onChange={(durationS) => editor.changeChosen((before) => withDuration(before, durationS), "length")}
      />
      <Targets editor={editor} block={block} problems={problems} />
      <Repeat editor={editor} />
    </div>
  );
}
