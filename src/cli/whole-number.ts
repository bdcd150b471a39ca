/** The whole number an option's text says; NaN for anything else. */
export function wholeNumber(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isSafeInteger(value) ? value : Number.NaN;
}
