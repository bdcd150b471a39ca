/** The sentence without one part of it, and without the comma or space that is left over. */
export function withoutSpan(
  text: string,
  span: { readonly spanStart: number; readonly spanEnd: number },
): string {
  const rest = `${text.slice(0, span.spanStart)} ${text.slice(span.spanEnd)}`;
  return rest
    .replaceAll(/\s+/g, " ")
    .replaceAll(/( ?,)+/g, ",")
    .replaceAll(/^[ ,]+|[ ,]+$/g, "");
}
