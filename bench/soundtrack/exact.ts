/** The planner against an exact integer programme (HiGHS) on problems small enough for one. */
import { createRequire } from "node:module";
import type { Block } from "#domain/class-plan.ts";
import { keyCount, layOut, type Instance } from "#domain/soundtrack/instance.ts";
import type { SoundtrackClass } from "#domain/soundtrack/objective.ts";
import { planSoundtrack } from "#domain/soundtrack/planner.ts";
import { randomIndex, seededRandom } from "#domain/seeded-random.ts";
import { seededLibrary } from "./library.ts";

/** The package's types describe another way in than its documented one. */
const loadHighs = createRequire(import.meta.url)("highs") as () => Promise<{
  solve(
    problem: string,
    options: Readonly<Record<string, number>>,
  ): { readonly Status: string; readonly ObjectiveValue: number };
}>;

const instances = 16;
const secondsEach = 20;

/** A class of a few blocks, 8 to 13 minutes. */
function smallClass(seed: number): SoundtrackClass {
  const random = seededRandom(seed);
  const blocks: Block[] = [];
  let startS = 0;
  for (let index = 0; index < 4; index += 1) {
    const durationS = 120 + 15 * randomIndex(random, 6);
    const cadence = 65 + randomIndex(random, 40);
    const energy = random();
    blocks.push({
      startS,
      durationS,
      kind: "steady",
      label: `Part ${index + 1}`,
      cadence: { from: cadence, to: cadence },
      power: null,
      hrZone: null,
      rpe: null,
      energy: { from: energy, to: energy },
    });
    startS += durationS;
  }
  return { id: `small-${seed}`, sport: "cycling", durationS: startS, blocks };
}

function sum(terms: readonly string[]): string {
  // Lines of the LP format may not be longer than 560 characters.
  return terms.map((term, index) => (index % 12 === 11 ? `${term}\n` : term)).join(" ");
}

/** A path through (boundary, key), entered and arrived, with binary segments and no track twice, in the LP format. */
function asIntegerProgramme(instance: Instance): string {
  const { cells, stride, tracks, keyOf, prefix, earliest, latestStart, changeCosts } = instance;
  const keys = [...new Set(keyOf)];
  const cost: string[] = [];
  const uses: string[][] = tracks.map(() => []);
  const names: string[] = [];
  const flow = new Map<string, string[]>();
  const into = (node: string, term: string) => flow.set(node, [...(flow.get(node) ?? []), term]);
  for (const track of tracks.keys()) {
    const key = keyOf[track] ?? 0;
    for (let end = 1; end <= cells; end += 1) {
      for (let start = earliest[track * stride + end] ?? 0; start <= (latestStart[end] ?? -1); start += 1) {
        const name = `x${track}_${start}_${end}`;
        const price = (prefix[track * stride + end] ?? 0) - (prefix[track * stride + start] ?? 0);
        cost.push(`+ ${price.toFixed(9)} ${name}`);
        uses[track]?.push(`+ ${name}`);
        names.push(name);
        into(start === 0 ? "source" : `e${start}_${key}`, `- ${name}`);
        into(end === cells ? "sink" : `a${end}_${key}`, `+ ${name}`);
      }
    }
  }
  for (let boundary = 1; boundary < cells; boundary += 1) {
    for (const from of keys) {
      for (const to of keys) {
        const name = `c${boundary}_${from}_${to}`;
        cost.push(`+ ${(changeCosts[from * keyCount + to] ?? 0).toFixed(9)} ${name}`);
        into(`a${boundary}_${from}`, `- ${name}`);
        into(`e${boundary}_${to}`, `+ ${name}`);
      }
    }
  }
  const rows = [...flow].map(
    ([node, terms]) => `${node}: ${sum(terms)} = ${node === "source" ? -1 : node === "sink" ? 1 : 0}`,
  );
  const once = uses.map((terms, track) => `once${track}: ${sum(terms)} <= 1`);
  return `Minimize\ncost: ${sum(cost)}\nSubject To\n${[...rows, ...once].join("\n")}\nBinary\n${sum(names)}\nEnd\n`;
}

/** How many instances HiGHS proved, and on what share of them the planner found the same cost. */
export async function compareWithExact(
  seed: number,
  say: (line: string) => void,
): Promise<{ proven: number; equalPct: number }> {
  const highs = await loadHighs();
  let proven = 0;
  let equal = 0;
  for (let index = 0; index < instances; index += 1) {
    const plan = smallClass(seed * 1000 + index);
    // The programme knows nothing of artists: every track has its own.
    const tracks = seededLibrary(8, seed * 1000 + index).map((one) => ({ ...one, artist: one.id }));
    const instance = layOut({ plan, tracks, seed, fromS: 0 });
    const solution = highs.solve(asIntegerProgramme(instance), {
      time_limit: secondsEach,
      mip_rel_gap: 0,
      mip_abs_gap: 1e-7,
    });
    if (solution.Status !== "Optimal") continue;
    proven += 1;
    const { cost, gapPct } = planSoundtrack({ plan, tracks, seed });
    const same = Math.abs(cost - solution.ObjectiveValue) < 1e-4;
    if (same) equal += 1;
    say(
      `exact ${index + 1}: ${solution.ObjectiveValue.toFixed(4)}, planner ${cost.toFixed(4)} (gap ${gapPct.toFixed(3)} %)`,
    );
  }
  return { proven, equalPct: proven > 0 ? (100 * equal) / proven : 0 };
}
