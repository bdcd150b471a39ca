/** A JSON schema as a tree of fields with types in words. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface Field {
  readonly name: string;
  /** `number or null`, `"demo" or "library"`, `list of object`. */
  readonly type: string;
  readonly isRequired: boolean;
  /** `0 to 1`, `at most 300 characters`; empty where there are none. */
  readonly limits: string;
  readonly description: string;
  /** All it can be, where that is a few words; otherwise empty. */
  readonly values: readonly string[];
  readonly children: readonly Field[];
}

const isNull = ({ type }: Schema) => type === "null";

export function typeOf(schema: Schema): string {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.type !== "array") return schema.type ?? "anything";
  const item = typeOf(schema.items ?? {});
  return item.includes(" or ") ? `list of (${item})` : `list of ${item}`;
}

function range(min: number | undefined, max: number | undefined, what: string): string[] {
  if (min === undefined && max === undefined) return [];
  if (min === max) return [`exactly ${min}${what}`];
  if (min === undefined) return [`at most ${max}${what}`];
  return [max === undefined ? `at least ${min}${what}` : `${min} to ${max}${what}`];
}

function limitsOf(schema: Schema): string {
  const variants = schema.anyOf?.filter((variant) => !isNull(variant));
  if (variants !== undefined) return variants.length === 1 ? limitsOf(variants[0] as Schema) : "";
  return [
    ...range(schema.minimum, schema.maximum, ""),
    ...(schema.exclusiveMinimum === undefined ? [] : [`more than ${schema.exclusiveMinimum}`]),
    ...range(schema.minLength, schema.maxLength, " characters"),
    ...range(schema.minItems, schema.maxItems, " items"),
    ...(schema.pattern === undefined ? [] : [`matches ${schema.pattern}`]),
  ].join(", ");
}

function valuesOf(schema: Schema): string[] {
  const variants = schema.anyOf?.filter((variant) => !isNull(variant)) ?? [schema];
  if (!variants.every((variant) => variant.enum !== undefined)) return [];
  return variants.flatMap((variant) => variant.enum ?? []).map(String);
}

/** What tells this variant from the others: its one fixed value, or its place. */
function variantName({ properties = {} }: Schema, index: number): string {
  const fixed = Object.entries(properties).find(([, { enum: values }]) => values?.length === 1);
  return fixed === undefined ? `form ${index + 1}` : `${fixed[0]} ${typeOf(fixed[1])}`;
}

function fieldOf(name: string, schema: Schema, isRequired: boolean): Field {
  return {
    name,
    type: typeOf(schema),
    isRequired,
    limits: limitsOf(schema),
    description: schema.description ?? "",
    values: valuesOf(schema),
    children: schemaFields(schema),
  };
}

/** The fields of an object, of a list's items, or of each form a value can take; none for a plain value. */
export function schemaFields(schema: Schema): Field[] {
  if (schema.items !== undefined) return schemaFields(schema.items);
  if (schema.anyOf !== undefined) {
    const forms = schema.anyOf.filter((variant) => schemaFields(variant).length > 0);
    if (forms.length === 1) return schemaFields(forms[0] as Schema);
    return forms.map((form, index) => fieldOf(variantName(form, index), form, true));
  }
  const required = new Set(schema.required);
  const named = Object.entries(schema.properties ?? {}).map(([name, property]) =>
    fieldOf(name, property, required.has(name)),
  );
  const others = schema.additionalProperties;
  return typeof others === "object" ? [...named, fieldOf("any other name", others, false)] : named;
}
