/** The OpenAPI document as the developers' page shows it: routes in groups, schemas as trees of fields. */
import { schemaFields, typeOf, type Field, type Schema } from "./schema-fields.ts";

interface Content {
  readonly [mediaType: string]: { readonly schema?: Schema };
}

interface DocumentedOperation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: Content }>
  >;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

/** What of OpenAPI 3.1 Upbeat's own document uses. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

export interface Parameter {
  readonly place: "path" | "query" | "header";
  readonly field: Field;
}

export interface Body {
  /** A status ("200", "default") of an answer; empty for what is sent. */
  readonly status: string;
  /** Null where nothing described is sent: no body, a file, a stream. */
  readonly type: string | null;
  readonly fields: readonly Field[];
}

export interface Operation {
  /** Unique, and an address within the page. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** Who may call: anybody; or a person in the web app, and an app with one of these scopes. */
  readonly isOpen: boolean;
  readonly scopes: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly request: Body | null;
  readonly answers: readonly Body[];
  /** It only reads, and answers in JSON: trying it changes nothing. */
  readonly canBeTried: boolean;
}

export interface Group {
  readonly tag: string;
  readonly operations: readonly Operation[];
}

function bodyOf(status: string, content: Content | undefined): Body {
  const schema = Object.values(content ?? {})[0]?.schema;
  if (schema === undefined) return { status, type: null, fields: [] };
  return { status, type: typeOf(schema), fields: schemaFields(schema) };
}

function parametersOf({ parameters = [] }: DocumentedOperation): Parameter[] {
  return parameters.map(({ name, in: place, required = false, description, schema = {} }) => {
    const described = description === undefined ? schema : { ...schema, description };
    const [field] = schemaFields({ properties: { [name]: described }, required: required ? [name] : [] });
    return { place: place as Parameter["place"], field: field as Field };
  });
}

function operationOf(method: string, path: string, described: DocumentedOperation): Operation {
  const { summary = "", security = [], requestBody, responses = {} } = described;
  const name = method.toUpperCase();
  return {
    id: `${name}${path}`,
    method: name,
    path,
    summary,
    isOpen: security.length === 0,
    scopes: security.flatMap((way) => way.oauth ?? []),
    parameters: parametersOf(described),
    request: requestBody === undefined ? null : bodyOf("", requestBody.content),
    answers: Object.entries(responses).map(([status, { content }]) => bodyOf(status, content)),
    canBeTried: name === "GET" && responses["200"]?.content?.["application/json"] !== undefined,
  };
}

/** Routes by their first tag, groups and routes in the document's order. */
export function groupsOf(document: OpenApiDocument): Group[] {
  const groups = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, described] of Object.entries(methods)) {
      const tag = described.tags?.[0] ?? "other";
      groups.set(tag, [...(groups.get(tag) ?? []), operationOf(method, path, described)]);
    }
  }
  return [...groups].map(([tag, operations]) => ({ tag, operations }));
}

function namesIn(fields: readonly Field[]): string[] {
  return fields.flatMap(({ name, children }) => [name, ...namesIn(children)]);
}

function wordsOf(tag: string, operation: Operation): string {
  const { method, path, summary, scopes, parameters, request, answers } = operation;
  const fields = [
    ...parameters.map(({ field }) => field),
    ...(request?.fields ?? []),
    ...answers.filter(({ status }) => status !== "default").flatMap((answer) => answer.fields),
  ];
  return [tag, method, path, summary, ...scopes, ...namesIn(fields)].join(" ").toLowerCase();
}

/** The routes in which every word of the search occurs: in tag, method, path, summary, scope or the name of a field. */
export function searched(
  groups: readonly Group[],
  search: string,
  { forApps = false }: { forApps?: boolean } = {},
): Group[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map(({ tag, operations }) => ({
      tag,
      operations: operations.filter((operation) => {
        if (forApps && !operation.isOpen && operation.scopes.length === 0) return false;
        const text = wordsOf(tag, operation);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ operations }) => operations.length > 0);
}

/** The address a route has with these values; what is empty is left out of the query. */
export function addressOf(operation: Operation, values: Readonly<Record<string, string>>): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ""),
  );
  const query = new URLSearchParams();
  for (const { place, field } of operation.parameters) {
    const value = values[field.name] ?? "";
    if (place === "query" && value !== "") query.set(field.name, value);
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}
