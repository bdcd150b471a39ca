import { arch, cpus, platform } from "node:os";

/** One line of a benchmark's table. */
export interface Goal {
  readonly figure: string;
  /** What it should be, such as ">= 98.5". */
  readonly goal: string;
}

type Figures = Readonly<Record<string, number | null>>;

/** What every benchmark prints with `--json`. */
export interface Report {
  readonly figures: Figures;
  /** The same figures for what is compared with, by its name. */
  readonly peers: Readonly<Record<string, Figures>>;
  readonly seed: number;
}

export function machineName(): string {
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${processor}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.versions.node}`;
}

/** Four significant digits at most: no figure here is known better. */
function shown(value: number | null | undefined): string {
  if (value === null || value === undefined) return "-";
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

/** Prints one JSON document with `--json` among the arguments, otherwise a table with goals and peers beside the figures. */
export function printReport(name: string, report: Report, goals: readonly Goal[]): void {
  const { figures, peers, seed } = report;
  const machine = machineName();
  if (process.argv.includes("--json")) {
    process.stdout.write(`${JSON.stringify({ figures, peers, machine, seed })}\n`);
    return;
  }
  const peerNames = Object.keys(peers);
  const goalOf = new Map(goals.map(({ figure, goal }) => [figure, goal]));
  const rows = [
    ["figure", "upbeat", "goal", ...peerNames],
    ...Object.entries(figures).map(([figure, value]) => [
      figure,
      shown(value),
      goalOf.get(figure) ?? "",
      ...peerNames.map((peer) => shown(peers[peer]?.[figure])),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  process.stdout.write(`${name}, seed ${seed}\n${machine}\n\n${lines.join("\n")}\n`);
}

/** Says how far a long benchmark is, apart from its result. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
