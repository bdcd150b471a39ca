/**
 * How well sensors are believed that should be, and not believed that should not: recorded heart rate and power
 * (`--dir FOLDER` of FIT files) as they are, and with a spoof in place of the heart rate from the middle of the ride on.
 * A window of 120 s counts as distrusted when trust falls below 0.5 anywhere in it; a spoof counts as caught in a window
 * in the same way, from two minutes after it began.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultAthlete } from "#domain/athlete.ts";
import { normalRandom, type RandomSource, seededRandom } from "#domain/seeded-random.ts";
import { Plausibility, trustedFrom } from "#engine/plausibility.ts";
import { FitError } from "#protocol/fit/read-messages.ts";
import { readActivity } from "#protocol/fit/read-activity.ts";
import { printReport, progress } from "./report.ts";

const seed = 8;
const windowS = 120;
/** Shorter recordings say little about a ride. */
const shortestS = 600;
/** More than anybody's in these recordings: whose they are is not known. */
const athlete = { ...defaultAthlete, maxHeartRateBpm: 205, weightKg: 80 };

interface Second {
  readonly tS: number;
  readonly bpm: number | null;
  readonly powerW: number | null;
}

interface Recording {
  readonly name: string;
  readonly seconds: readonly Second[];
  readonly hasPower: boolean;
}

type Spoof = (tS: number, recording: Recording, truth: number, random: RandomSource) => number;

function sine(tS: number): number {
  return 140 + 25 * Math.sin((2 * Math.PI * tS) / 20);
}

const gross: Readonly<Record<string, Spoof>> = {
  constant: () => 140,
  sine: (tS) => Math.round(sine(tS)),
  noise: (_tS, _recording, _truth, random) => Math.round(140 + 25 * normalRandom(random)),
  step: (tS) => (Math.floor(tS / 60) % 2 === 0 ? 95 : 160),
  ramp: (tS) => 80 + ((8 * tS) % 110),
};
const fine: Readonly<Record<string, Spoof>> = {
  "slow drift": (tS, _recording, truth) => Math.round(truth + Math.min(60, (5 * tS) / 60)),
  "offset of 25 bpm": (_tS, _recording, truth) => truth + 25,
  "replay of the same ride": (tS, { seconds }, truth) => seconds[60 + Math.floor(tS)]?.bpm ?? truth,
};

function load(folder: string): Recording[] {
  const recordings: Recording[] = [];
  for (const name of readdirSync(folder).toSorted()) {
    if (!/\.fit$/i.test(name)) continue;
    try {
      const { records } = readActivity(new Uint8Array(readFileSync(join(folder, name))));
      const usable = records.filter(({ heartRateBpm, powerW }) => heartRateBpm !== null || powerW !== null);
      const spanS = (usable.at(-1)?.tS ?? 0) - (usable[0]?.tS ?? 0);
      // Recorders that store a second now and then cannot be judged second by second.
      if (spanS < shortestS || usable.length < spanS / 2) continue;
      const seconds = usable.map(({ tS, heartRateBpm, powerW }) => ({ tS, bpm: heartRateBpm, powerW }));
      recordings.push({
        name,
        seconds,
        hasPower: usable.filter(({ powerW }) => (powerW ?? 0) > 0).length > usable.length / 3,
      });
    } catch (error) {
      if (!(error instanceof FitError)) throw error;
    }
  }
  return recordings;
}

/** Windows of a recording: whether any reading in them was distrusted, from `fromS` on. */
function windows(
  recording: Recording,
  fromS: number,
  spoof: Spoof | null,
  withPower: boolean,
): { readonly all: number; readonly distrusted: number; readonly reasons: Map<string, number> } {
  const plausibility = new Plausibility(athlete);
  const random = seededRandom(seed);
  const hit = new Set<number>();
  const seen = new Set<number>();
  const reasons = new Map<string, number>();
  const firstS = recording.seconds[0]?.tS ?? 0;
  for (const { tS, bpm, powerW } of recording.seconds) {
    const atS = tS - firstS;
    const tMs = atS * 1000;
    let trust = 1;
    if (withPower && powerW !== null) trust = plausibility.judge("power", "power", tMs, powerW, null);
    if (bpm !== null && bpm > 0) {
      const told = spoof !== null && atS >= fromS ? spoof(atS - fromS, recording, bpm, random) : bpm;
      const believed = plausibility.judge("strap", "heart-rate", tMs, told, null);
      trust = spoof === null ? Math.min(trust, believed) : believed;
    }
    if (spoof !== null && atS < fromS + windowS) continue;
    const window = Math.floor(atS / windowS);
    seen.add(window);
    if (trust >= trustedFrom || hit.has(window)) continue;
    hit.add(window);
    for (const sensor of ["power", "strap"]) {
      const { value, reason } = plausibility.ofSensor(sensor, tMs);
      if (value < trustedFrom) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  return { all: seen.size, distrusted: hit.size, reasons };
}

interface Counted {
  readonly all: number;
  readonly distrusted: number;
}

function sharePct(parts: readonly Counted[]): number | null {
  const all = parts.reduce((sum, part) => sum + part.all, 0);
  return all === 0 ? null : (100 * parts.reduce((sum, part) => sum + part.distrusted, 0)) / all;
}

const figures: Record<string, number | null> = {};
/** The least good value of each figure when any one recording is left out: none of them carries it alone. */
const worst: Record<string, number | null> = {};

function note(figure: string, parts: readonly Counted[], of: "least" | "most"): void {
  figures[figure] = sharePct(parts);
  const others = parts.map((left) => sharePct(parts.filter((part) => part !== left)) ?? 0);
  worst[figure] = parts.length < 2 ? null : of === "least" ? Math.min(...others) : Math.max(...others);
}

const at = process.argv.indexOf("--dir");
const folder = at === -1 ? undefined : process.argv[at + 1];
if (folder === undefined) {
  process.stderr.write("Name a folder of FIT files: --dir FOLDER\n");
  process.exit(2);
}
const recordings = load(folder);
figures["recordings"] = recordings.length;
const honest = recordings.map((recording) => {
  const found = windows(recording, 0, null, true);
  if (found.distrusted > 0) {
    const reasons = [...found.reasons].map(([reason, count]) => `${reason} (${count})`);
    progress(`${recording.name}: ${found.distrusted} of ${found.all} windows: ${reasons.join(", ")}`);
  }
  return found;
});
note("false windows %", honest, "most");
const falsely = honest.map(({ distrusted }) => ({ all: 1, distrusted: distrusted > 0 ? 1 : 0 }));
note("recordings with a false window %", falsely, "most");
const hearts = recordings.filter(
  ({ seconds }) => seconds.filter(({ bpm }) => (bpm ?? 0) > 0).length > shortestS,
);
const halfOf = ({ seconds }: Recording): number => ((seconds.at(-1)?.tS ?? 0) - (seconds[0]?.tS ?? 0)) / 2;
for (const [name, spoof] of Object.entries(gross)) {
  const caught = hearts.map((recording) => windows(recording, halfOf(recording), spoof, false));
  note(`caught, ${name} %`, caught, "least");
}
for (const [name, spoof] of Object.entries(fine)) {
  for (const withPower of [false, true]) {
    const rides = hearts.filter(({ hasPower }) => hasPower || !withPower);
    const caught = rides.map((recording) => windows(recording, halfOf(recording), spoof, withPower));
    note(`caught, ${name}, ${withPower ? "with" : "without"} power %`, caught, "least");
  }
}
printReport("Trust in sensors", { figures, peers: { "one left out, worst": worst }, seed }, [
  { figure: "false windows %", goal: "<= 0.5" },
  { figure: "recordings with a false window %", goal: "<= 5" },
  ...Object.keys(gross).map((name) => ({ figure: `caught, ${name} %`, goal: ">= 95" })),
  ...Object.keys(fine).map((name) => ({ figure: `caught, ${name}, with power %`, goal: ">= 60" })),
]);
