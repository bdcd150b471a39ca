import { normalRandom, randomIndex, seededRandom } from "#domain/seeded-random.ts";
import type { CamelotKey, PlannerTrack } from "#domain/track.ts";

/** Share of a library, mean and spread of tempo, mean and spread of energy, share in minor keys. */
const genres = [
  { share: 0.2, tempo: 126, tempoSpread: 4, energy: 0.75, energySpread: 0.12, minor: 0.6 },
  { share: 0.08, tempo: 174, tempoSpread: 3, energy: 0.85, energySpread: 0.08, minor: 0.7 },
  { share: 0.22, tempo: 122, tempoSpread: 20, energy: 0.7, energySpread: 0.15, minor: 0.35 },
  { share: 0.25, tempo: 112, tempoSpread: 18, energy: 0.6, energySpread: 0.16, minor: 0.4 },
  { share: 0.12, tempo: 92, tempoSpread: 10, energy: 0.62, energySpread: 0.14, minor: 0.65 },
  { share: 0.08, tempo: 84, tempoSpread: 14, energy: 0.3, energySpread: 0.12, minor: 0.4 },
  { share: 0.05, tempo: 150, tempoSpread: 14, energy: 0.82, energySpread: 0.1, minor: 0.5 },
] as const;
/** Keys are not even: guitars and pianos favour a few (by hour of the Camelot wheel). */
const keyWeights = [3, 4, 3, 3, 3, 3, 4, 8, 7, 6, 6, 4] as const;

function pick(weights: readonly number[], at: number): number {
  let left = at * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return index;
  }
  return weights.length - 1;
}

function bounded(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** A library of `count` made-up tracks, with a mix of genres, tempos, energies and keys like that of a person's collection. */
export function seededLibrary(count: number, seed: number): PlannerTrack[] {
  const random = seededRandom(seed);
  const shares = genres.map(({ share }) => share);
  return Array.from({ length: count }, (_, index) => {
    const genre = genres[pick(shares, random())] ?? genres[0];
    const key: CamelotKey = `${pick(keyWeights, random()) + 1}${random() < genre.minor ? "A" : "B"}`;
    return {
      id: `t${index}`,
      title: `Track ${index}`,
      artist: `Artist ${randomIndex(random, Math.max(1, Math.floor(count / 8)))}`,
      durationS: Math.round(bounded(225 + 55 * normalRandom(random), 75, 600)),
      tempoBpm:
        Math.round(bounded(genre.tempo + genre.tempoSpread * normalRandom(random), 60, 200) * 100) / 100,
      key,
      energy:
        Math.round(bounded(genre.energy + genre.energySpread * normalRandom(random), 0.02, 1) * 100) / 100,
      taste: Math.round(bounded(0.5 + 0.2 * normalRandom(random), 0, 1) * 100) / 100,
    };
  });
}
