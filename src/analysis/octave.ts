/**
 * The network keeps the beat better than onsets do, but hears at twice or half the tempo more often; onsets, searched with a
 * prior over tempo, err there less. So the network says where beats are and the onsets say which of them are counted.
 */
import { agreement } from "./confidence.ts";

/** Another octave has to agree by so much more than the network's own. */
const clearlyBetter = 0.1;

function doubled(beatsS: readonly number[]): number[] {
  return beatsS.flatMap((beatS, i) => {
    const next = beatsS[i + 1];
    return next === undefined ? [beatS] : [beatS, (beatS + next) / 2];
  });
}

/** The network's beats at the octave of its own, twice or half of it (from either beat) that agrees best with the onsets'. */
export function inOctaveOf(networkS: readonly number[], onsetsS: readonly number[]): readonly number[] {
  const others = [
    doubled(networkS),
    networkS.filter((_, i) => i % 2 === 0),
    networkS.filter((_, i) => i % 2 === 1),
  ];
  let best = networkS;
  let highest = agreement(networkS, onsetsS) + clearlyBetter;
  for (const other of others) {
    const agrees = agreement(other, onsetsS);
    if (agrees <= highest) continue;
    best = other;
    highest = agrees;
  }
  return best;
}
