/** Which key a profile of pitch classes is in: the one whose published profile it correlates with best. */
import type { Tonality } from "./key.ts";

export interface KeyProfiles {
  readonly major: readonly number[];
  readonly minor: readonly number[];
}

/** Listeners' ratings (Krumhansl & Kessler 1982). */
export const krumhanslKessler: KeyProfiles = {
  major: [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
  minor: [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
};

/** Counted in the Kostka & Payne corpus (Temperley 2001). */
export const temperley: KeyProfiles = {
  major: [0.748, 0.06, 0.488, 0.082, 0.67, 0.46, 0.096, 0.715, 0.104, 0.366, 0.057, 0.4],
  minor: [0.712, 0.084, 0.474, 0.618, 0.049, 0.46, 0.105, 0.747, 0.404, 0.067, 0.133, 0.33],
};

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    both += (a[i] - meanA) * (b[i] - meanB);
    ofA += (a[i] - meanA) ** 2;
    ofB += (b[i] - meanB) ** 2;
  }
  return both / Math.sqrt(ofA * ofB + 1e-30);
}

/** `pitchClasses`: how much each of C, C#, .., B sounds. */
export function tonalityByProfiles(pitchClasses: readonly number[], profiles: KeyProfiles): Tonality {
  let best = { tonic: 0, minor: false, fit: -Infinity };
  for (let tonic = 0; tonic < 12; tonic++) {
    for (const minor of [false, true]) {
      const profile = minor ? profiles.minor : profiles.major;
      const fit = correlation(
        pitchClasses,
        profile.map((_, i) => profile[(i - tonic + 12) % 12]),
      );
      if (fit > best.fit) best = { tonic, minor, fit };
    }
  }
  return { tonic: best.tonic, minor: best.minor };
}
