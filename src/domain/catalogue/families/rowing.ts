import type { Intensity } from "../../class-plan.ts";
import type { Cadence, Seconds } from "../../units.ts";
import {
  easy,
  minutes,
  repeats,
  rounds,
  spokenDuration,
  steady,
  work,
  writtenDuration,
  type ClassDraft,
  type Step,
} from "../draft.ts";
import { levelByRank } from "./intervals.ts";
import type { Effort } from "../effort.ts";

function row(draft: Omit<ClassDraft, "sport">): ClassDraft {
  return { ...draft, sport: "rowing" };
}

/** Distances by the time they take a club rower, so that the class has a length. */
export function rowingPieces(): ClassDraft[] {
  const shapes: readonly (readonly [
    slug: string,
    name: string,
    count: number,
    workS: Seconds,
    restS: Seconds,
    effort: Effort,
    intensity: Intensity,
  ])[] = [
    ["250s", "250s", 8, 60, 60, 1.2, "very hard"],
    ["250s", "250s", 12, 60, 60, 1.2, "very hard"],
    ["500s", "500s", 4, 120, 120, 1.12, "very hard"],
    ["500s", "500s", 6, 120, 120, 1.12, "very hard"],
    ["500s", "500s", 8, 120, 120, 1.12, "very hard"],
    ["750s", "750s", 4, 180, 150, 1.08, "very hard"],
    ["750s", "750s", 6, 180, 150, 1.08, "very hard"],
    ["1000s", "1000s", 3, 240, 240, 1.06, "hard"],
    ["1000s", "1000s", 4, 240, 240, 1.06, "hard"],
    ["1000s", "1000s", 5, 240, 240, 1.06, "hard"],
    ["1500s", "1500s", 3, 375, 240, 1.02, "hard"],
    ["2000s", "2000s", 2, 510, 300, 1, "hard"],
    ["2000s", "2000s", 3, 510, 300, 1, "hard"],
  ];
  return shapes.map(([slug, name, count, workS, restS, effort, intensity], index) =>
    row({
      slug: `pieces-${slug}-x${count}`,
      title: `Row ${count} × ${name.slice(0, -1)} m by time`,
      family: "rowing-pieces",
      description: `${count} pieces of ${spokenDuration(workS)}, about what ${name.slice(0, -1)} metres take, ${spokenDuration(restS)} light rowing between.`,
      intensity,
      level: levelByRank(index, shapes.length),
      warmUpS: minutes(8),
      steps: repeats(count, work("Piece", workS, effort), [easy(restS, 0.45)]),
    }),
  );
}

/** The rate goes up in steps of two strokes and the pressure with it. */
export function rateLadders(): ClassDraft[] {
  const ladders: readonly (readonly [rates: readonly Cadence[], eachMin: number])[] = [
    [[18, 20, 22], 4],
    [[18, 20, 22, 24], 3],
    [[18, 20, 22, 24], 4],
    [[20, 22, 24, 26], 3],
    [[18, 20, 22, 24, 26], 3],
    [[18, 20, 22, 24, 26], 4],
    [[18, 20, 22, 24, 26, 28], 3],
    [[20, 22, 24, 26, 28, 30], 2],
  ];
  const effortOf = (rate: Cadence): Effort => Math.round((0.65 + (rate - 18) * 0.04) * 100) / 100;
  return [1, 2].flatMap((times) =>
    ladders.map(([rates, eachMin], index) => {
      const highest = Math.max(...rates);
      const ladder = (number: number): Step[] =>
        rates.map((rate) =>
          work(
            times === 1 ? `Rate ${rate}` : `Rate ${rate}, ladder ${number}`,
            minutes(eachMin),
            effortOf(rate),
            {
              cadence: rate,
            },
          ),
        );
      return row({
        slug: `rate-ladder-${times}x${rates.length}x${eachMin}-to-${highest}`,
        title: `Rate ladder ${rates[0]} to ${highest}, ${times === 1 ? "" : `${times} × `}${rates.length} × ${eachMin} min`,
        family: "rate-ladder",
        description: "Two strokes a minute more with each step, and a little more pressure with them.",
        intensity: highest <= 24 ? "moderate" : "hard",
        level: levelByRank(index, ladders.length),
        steps: rounds(times, [easy(180, 0.5, { cadence: 18 })], ladder),
      });
    }),
  );
}

/** Racing starts and the strokes that follow. */
export function racingStarts(): ClassDraft[] {
  return [6, 8, 10, 12].map((count, index) =>
    row({
      slug: `racing-starts-x${count}`,
      title: `Racing starts × ${count}`,
      family: "racing-starts",
      description:
        "Fifteen seconds high and fast, forty-five settling at race pace, two minutes to forget it.",
      intensity: "very hard",
      level: levelByRank(index, 4),
      warmUpS: minutes(8),
      steps: rounds(count, [easy(120, 0.45)], (number) => [
        work(`Start ${number} of ${count}`, 15, 1.5, { cadence: 34 }),
        work(`Settle ${number} of ${count}`, 45, 1.1, { cadence: 29 }),
      ]),
    }),
  );
}

/** Rate held, pressure changed: what makes a boat go. */
export function pressureRows(): ClassDraft[] {
  const shapes: readonly (readonly [rounds: number, lightS: Seconds, firmS: Seconds])[] = [
    [5, 60, 60],
    [6, 60, 90],
    [8, 60, 60],
    [6, 90, 120],
    [8, 60, 120],
    [8, 90, 180],
  ];
  return [20, 22, 24].flatMap((rate) =>
    shapes.map(([count, lightS, firmS], index) =>
      row({
        slug: `pressure-rate-${rate}-${count}x${firmS}s`,
        title: `Pressure changes at rate ${rate}, ${count} × ${writtenDuration(firmS)} firm`,
        family: "pressure-changes",
        description: `The rate stays at ${rate}; only the push changes, from light to firm and back.`,
        intensity: rate === 20 ? "moderate" : "hard",
        level: levelByRank(index, shapes.length),
        steps: rounds(count, [], (number) => [
          steady(`Light ${number}`, lightS, 0.6, { cadence: rate }),
          work(`Firm ${number} of ${count}`, firmS, rate === 20 ? 0.84 : rate === 22 ? 0.94 : 1, {
            cadence: rate,
          }),
        ]),
      }),
    ),
  );
}
