const statusTexts: Readonly<Record<string, string>> = {
  "401": "It does not let Upbeat in (401).",
  "403": "It does not let Upbeat in (403).",
  "404": "There is nothing at that address (404).",
  "410": "It says that it is gone and wants no more (410).",
  "429": "It is asked too often (429).",
};

/** Why a message did not arrive, in a sentence; `failure` is a status or a sentence already. */
export function failureText(failure: string): string {
  if (!/^\d{3}$/.test(failure)) return failure;
  const known = statusTexts[failure];
  if (known !== undefined) return known;
  if (failure.startsWith("3")) return `It points elsewhere, where Upbeat does not follow (${failure}).`;
  if (failure.startsWith("5")) return `Its own server failed (${failure}).`;
  return `It refused the message (${failure}).`;
}
