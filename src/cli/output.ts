/** A failure the person at the terminal can act on: its message is the one line they see. */
export class UserError extends Error {
  override name = "UserError";
}

/** The one JSON document of a `--json` run, on stdout; everything else goes to stderr. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}

export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
