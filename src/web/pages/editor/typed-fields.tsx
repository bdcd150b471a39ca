/** A number or a time being typed: what is typed stays as typed, what it means is handed on at once. */
import { useState } from "react";
import { Field } from "../../ui/controls.tsx";
import { clock, moment } from "../../ui/format.ts";
import { readMoment, readTime } from "./read-time.ts";

interface TypedFieldProps<T> {
  readonly label: string;
  readonly unit?: string;
  readonly hint?: string;
  /** What is wrong with the value as it is, from elsewhere. */
  readonly problem?: string;
  readonly value: T;
  readonly show: (value: T) => string;
  /** Undefined: cannot be read. */
  readonly read: (text: string) => T | undefined;
  readonly complaint: string;
  readonly numeric?: boolean;
  readonly onChange: (value: T) => void;
}

function TypedField<T extends number | null>(props: TypedFieldProps<T>) {
  const { label, unit, hint, problem, value, show, read, complaint, onChange } = props;
  // Typed text holds only while the value is the one it was read as: undo shows the value again.
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: T } | null>(null);
  const shown = typed !== null && typed.value === value ? typed.text : show(value);
  const unread = read(shown) === undefined;
  const said = unread ? complaint : problem;
  return (
    <Field label={label} unit={unit} hint={said ?? hint}>
      {(id, hintId) => (
        <input
          id={id}
          className="input short"
          inputMode={props.numeric === false ? "text" : "decimal"}
          autoComplete="off"
          aria-describedby={hintId}
          aria-invalid={said !== undefined}
          value={shown}
          onChange={(event) => {
            const text = event.target.value;
            const next = read(text);
            setTyped({ text, value: next ?? value });
            if (next !== undefined && next !== value) onChange(next);
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly unit?: string;
  readonly hint?: string;
  readonly problem?: string;
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** May be left empty, for none. */
  readonly optional?: boolean;
  readonly onChange: (value: number | null) => void;
}

export function NumberField({ min, max, optional = false, ...rest }: NumberFieldProps) {
  const read = (text: string) => {
    const trimmed = text.trim().replace(",", ".");
    if (trimmed === "") return optional ? null : undefined;
    const number = Number(trimmed);
    return number >= min && number <= max ? number : undefined;
  };
  return (
    <TypedField
      {...rest}
      show={(value) => (value === null ? "" : String(Math.round(value * 100) / 100))}
      read={read}
      complaint={`A number from ${min} to ${max}${optional ? ", or nothing" : ""}.`}
    />
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

export function TimeField(props: TimeFieldProps) {
  return (
    <TypedField
      {...props}
      show={clock}
      read={readTime}
      numeric={false}
      complaint="A time, such as 4:30, 90 or 5 min."
    />
  );
}

/** A moment of a film, to a tenth of a second. */
export function MomentField({ max, ...props }: TimeFieldProps & { readonly max: number }) {
  const read = (text: string) => {
    const seconds = readMoment(text);
    return seconds !== undefined && seconds <= max ? seconds : undefined;
  };
  return (
    <TypedField
      {...props}
      show={moment}
      read={read}
      numeric={false}
      complaint="A moment of the video, such as 0:12 or 1:04.5."
    />
  );
}
