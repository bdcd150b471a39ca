/** Fields with their types; those that have fields of their own open and close. */
import type { Field } from "./schema-fields.ts";

function FieldLine({ field }: { field: Field }) {
  const { name, type, isRequired, limits, description } = field;
  return (
    <>
      <code className="api-name">{name}</code> <span className="api-type">{type}</span>{" "}
      <span className="muted small">
        {[isRequired ? "" : "may be left out", limits].filter(Boolean).join(", ")}
      </span>
      {description !== "" && <span className="muted small api-about">{description}</span>}
    </>
  );
}

/** The first level of a tree is open: it is what one came for. */
export function SchemaTree({ fields, depth = 0 }: { fields: readonly Field[]; depth?: number }) {
  return (
    <ul className="api-fields">
      {fields.map((field) => (
        <li key={field.name}>
          {field.children.length === 0 ? (
            <FieldLine field={field} />
          ) : (
            <details open={depth === 0}>
              <summary>
                <FieldLine field={field} />
              </summary>
              <SchemaTree fields={field.children} depth={depth + 1} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
