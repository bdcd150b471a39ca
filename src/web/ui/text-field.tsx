import { Field } from "./controls.tsx";

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: "username" | "current-password" | "new-password" | "off";
  readonly required?: boolean;
}

/** A name or a password; which one, `autoComplete` says. */
export function TextField(props: TextFieldProps) {
  const { label, hint, value, onChange, autoComplete, required = true } = props;
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(id, hintId) => (
        <input
          id={id}
          aria-describedby={hintId}
          className="input"
          type={autoComplete.endsWith("password") ? "password" : "text"}
          autoComplete={autoComplete}
          required={required}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
