/** One route: closed a line, open all that the document says of it. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { Body, Operation } from "./document.ts";
import { SchemaTree } from "./schema-tree.tsx";
import { TryIt } from "./try-it.tsx";

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="api-part">
      <h4>{title}</h4>
      {children}
    </div>
  );
}

function caller({ isOpen, scopes }: Operation): ReactNode {
  if (isOpen) return "Anybody, signed in or not.";
  if (scopes.length === 0) return "A person in the web app. Apps cannot.";
  return (
    <>
      A person in the web app, or an app with <code>{scopes.join(" ")}</code>.
    </>
  );
}

function bodyTitle({ status }: Body): string {
  if (status === "") return "Send";
  return status === "default" ? "Refused" : `Answer ${status}`;
}

function BodyPart({ body }: { body: Body }) {
  const { status, type, fields } = body;
  if (status === "default") {
    return (
      <details className="api-part">
        <summary>{bodyTitle(body)}: a problem document</summary>
        <SchemaTree fields={fields} depth={1} />
      </details>
    );
  }
  return (
    <Part title={bodyTitle(body)}>
      {type === null ? (
        <p className="muted">Nothing.</p>
      ) : (
        type !== "object" && <p className="api-type">{type}</p>
      )}
      <SchemaTree fields={fields} />
    </Part>
  );
}

function Details({ operation }: { operation: Operation }) {
  const { parameters, request, answers, canBeTried } = operation;
  const isDescribed = answers.some(({ status }) => status !== "default");
  return (
    <div className="api-details">
      <Part title="Who may">
        <p>{caller(operation)}</p>
      </Part>
      {parameters.length > 0 && (
        <Part title="Parameters">
          <SchemaTree
            fields={parameters.map(({ place, field }) => ({
              ...field,
              type: `${field.type}, in the ${place}`,
            }))}
          />
        </Part>
      )}
      {request !== null && <BodyPart body={request} />}
      {!isDescribed && (
        <Part title="Answer">
          <p className="muted">A file or a stream.</p>
        </Part>
      )}
      {answers.map((answer) => (
        <BodyPart key={answer.status} body={answer} />
      ))}
      {canBeTried && <TryIt operation={operation} />}
    </div>
  );
}

/** The address names the route that was opened last, so that it can be passed on. */
export function OperationEntry({ operation }: { operation: Operation }) {
  const { id, method, path, summary } = operation;
  const [isOpen, setOpen] = useState(() => location.hash === `#${encodeURIComponent(id)}`);
  const entry = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (location.hash === `#${encodeURIComponent(id)}`) entry.current?.scrollIntoView();
  }, [id]);
  return (
    <li>
      <details
        className="api-operation"
        open={isOpen}
        ref={entry}
        onToggle={({ currentTarget }) => {
          setOpen(currentTarget.open);
          if (currentTarget.open) history.replaceState(history.state, "", `#${encodeURIComponent(id)}`);
        }}
      >
        <summary>
          <h3>
            <span className="api-method">{method}</span> <code>{path}</code>
          </h3>
          <span className="muted small">{summary}</span>
        </summary>
        {isOpen && <Details operation={operation} />}
      </details>
    </li>
  );
}
