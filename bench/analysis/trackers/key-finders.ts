/** Others' ways to a key, from mono PCM at 44.1 kHz. */
import essentiaJs from "essentia.js";
import { camelotOf } from "#domain/camelot.ts";
import { createFrames } from "#analysis/frames.ts";
import { analysisRate } from "#analysis/onsets.ts";
import { krumhanslKessler, tonalityByProfiles } from "../metrics/key-profiles.ts";
import { tonalityOf, type Tonality } from "../metrics/key.ts";

type KeyFinder = (mono: Float32Array) => Tonality | null;

const frameLength = 8192;
const [lowestHz, highestHz] = [65, 2100];

/** The textbook's: each bin's magnitude goes to its nearest pitch class, the sum is compared with listeners' ratings. */
const plainChroma: KeyFinder = (mono) => {
  const binHz = analysisRate / frameLength;
  const chroma = Array.from({ length: 12 }, () => 0);
  const frames = createFrames({
    frameLength,
    hop: frameLength / 2,
    hear({ count, power }) {
      for (let bin = Math.ceil(lowestHz / binHz); bin * binHz < highestHz; bin++) {
        const pitchClass = (((Math.round(12 * Math.log2((bin * binHz) / 440)) + 9) % 12) + 12) % 12;
        for (let frame = 0; frame < count; frame++) chroma[pitchClass] += Math.sqrt(power[4 * bin + frame]);
      }
    },
  });
  frames.push(mono);
  frames.finish();
  return tonalityByProfiles(chroma, krumhanslKessler);
};

/** Essentia's KeyExtractor with its profile of electronic dance music (Faraldo 2016) in place of its default. */
function essentiaWith(profile: string): KeyFinder {
  const essentia = new essentiaJs.Essentia(essentiaJs.EssentiaWASM);
  return (mono) => {
    const signal = essentia.arrayToVector(mono);
    // All but the profile is Essentia's default.
    const { key, scale } = essentia.KeyExtractor(signal, true, 4096, 4096, 12, 3500, 60, 25, 0.2, profile);
    signal.delete();
    const camelot = camelotOf(key, scale);
    return camelot === null ? null : tonalityOf(camelot);
  };
}

export const keyFinders: Readonly<Record<string, () => KeyFinder>> = {
  "plain chroma": () => plainChroma,
  "essentia edma": () => essentiaWith("edma"),
};
