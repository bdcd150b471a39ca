/** Calls a route that only reads, as the person who is signed in, and shows the answer as it came. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, messageOf } from "../../api/client.ts";
import { Button, Field } from "../../ui/controls.tsx";
import { addressOf, type Operation, type Parameter } from "./document.ts";

/** More than this is no reading; the browser stays quick. */
const shownCharacters = 20_000;

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function ParameterField(props: { parameter: Parameter; value: string; onChange: (value: string) => void }) {
  const { parameter, value, onChange } = props;
  const { name, values, isRequired, limits, type } = parameter.field;
  return (
    <Field label={name} hint={values.length > 0 ? "" : [type, limits].filter(Boolean).join(", ")}>
      {(id, hintId) =>
        values.length > 0 ? (
          <select
            id={id}
            className="select"
            required={isRequired}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          >
            <option value="">{isRequired ? "Choose" : "Any"}</option>
            {values.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        ) : (
          <input
            id={id}
            aria-describedby={hintId}
            className="input"
            autoComplete="off"
            required={isRequired}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}

function Answer({ answer }: { answer: Awaited<ReturnType<typeof api.getAsItCame>> }) {
  const text = readable(answer.text);
  return (
    <div className="api-answer">
      <p className="small" role="status">
        Answered <strong className="figures">{answer.status}</strong>
        {text.length > shownCharacters && <span className="muted"> (its beginning)</span>}
      </p>
      {/* A field, so that the keyboard scrolls it, selects all of it and copies. */}
      <textarea readOnly aria-label="Answer" rows={16} value={text.slice(0, shownCharacters)} />
    </div>
  );
}

export function TryIt({ operation }: { operation: Operation }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const call = useMutation({ mutationFn: (path: string) => api.getAsItCame(path) });
  const address = addressOf(operation, values);
  return (
    <form
      className="api-try"
      onSubmit={(event) => {
        event.preventDefault();
        call.mutate(address);
      }}
    >
      {operation.parameters.length > 0 && (
        <div className="api-values">
          {operation.parameters.map((parameter) => (
            <ParameterField
              key={parameter.field.name}
              parameter={parameter}
              value={values[parameter.field.name] ?? ""}
              onChange={(value) => setValues({ ...values, [parameter.field.name]: value })}
            />
          ))}
        </div>
      )}
      <div className="api-send">
        <Button submit busy={call.isPending}>
          Try it
        </Button>
        <code className="muted small">GET {address}</code>
      </div>
      {call.error !== null && <p role="alert">{messageOf(call.error)}</p>}
      {call.data !== undefined && <Answer answer={call.data} />}
    </form>
  );
}
