/** Buttons, links that look like buttons, choices and chips. A control that cannot be used says why. */
import { useId, type ReactNode } from "react";
import { Link } from "wouter";
import { Icon, type IconName } from "./icon.tsx";
import "./controls.css";

type Weight = "primary" | "plain" | "quiet" | "danger";

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly weight?: Weight;
  readonly icon?: IconName;
  readonly submit?: boolean;
  /** Why it cannot be pressed now; shown and read aloud. */
  readonly disabledReason?: string | null;
  readonly busy?: boolean;
}

export function Button(props: ButtonProps) {
  const { children, onPress, weight = "plain", icon, submit = false, disabledReason = null, busy } = props;
  const reasonId = useId();
  const disabled = disabledReason !== null || busy === true;
  return (
    <>
      <button
        type={submit ? "submit" : "button"}
        className={`button ${weight}`}
        aria-disabled={disabled}
        aria-describedby={disabledReason === null ? undefined : reasonId}
        onClick={(event) => (disabled ? event.preventDefault() : onPress?.())}
      >
        {icon !== undefined && <Icon name={icon} />}
        {children}
      </button>
      {disabledReason !== null && (
        <span id={reasonId} className="muted small">
          {disabledReason}
        </span>
      )}
    </>
  );
}

interface LinkButtonProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly weight?: Weight;
  readonly icon?: IconName;
}

export function LinkButton({ to, children, weight = "plain", icon }: LinkButtonProps) {
  return (
    <Link href={to} className={`button ${weight}`}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </Link>
  );
}

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  /** One line under the choice while it is chosen. */
  readonly hint?: string;
  readonly disabledReason?: string | null;
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly labelHidden?: boolean;
}

/** One of a few: a row of radio buttons, with the hint of the chosen one beneath. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, options, value, onChange, labelHidden = false } = props;
  const name = useId();
  const chosen = options.find((option) => option.value === value);
  const hint = chosen?.disabledReason ?? chosen?.hint;
  return (
    <fieldset className="choice">
      <legend className={labelHidden ? "visually-hidden" : "label"}>{label}</legend>
      <div className="choice-row">
        {options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {hint !== undefined && <p className="muted small choice-hint">{hint}</p>}
    </fieldset>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly unit?: string;
  readonly children: (id: string, hintId: string | undefined) => ReactNode;
}

/** A labelled input with its unit and a hint. */
export function Field({ label, hint, unit, children }: FieldProps) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <div className="field-row">
        {children(id, hintId)}
        {unit !== undefined && <span className="muted">{unit}</span>}
      </div>
      {hint !== undefined && (
        <p id={hintId} className="muted small">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Something understood or chosen that can be taken away again. */
export function Chip({ children, onRemove }: { children: ReactNode; onRemove?: () => void }) {
  if (onRemove === undefined) return <span className="chip">{children}</span>;
  return (
    <button type="button" className="chip" onClick={onRemove}>
      {children}
      <Icon name="close" size={12} />
      <span className="visually-hidden">(remove)</span>
    </button>
  );
}
