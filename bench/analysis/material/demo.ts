/** The demo library's own tracks: a grid that is exact because the composer put the beats there. */
import { createLoudnessMeter } from "#analysis/loudness.ts";
import { composeScore } from "#composer/compose-score.ts";
import { compositionRevision, trackSpecs } from "#composer/demo-specs.ts";
import { beatGridOfSpec } from "#composer/demo-tracks.ts";
import { renderScore } from "#composer/mix/render-score.ts";
import type { Style } from "#composer/score.ts";
import { sampleRate } from "#composer/synth/wavetable.ts";
import { tonalityOf } from "../metrics/key.ts";
import type { Recipe } from "./material.ts";

const electronicStyles: ReadonlySet<Style> = new Set([
  "synthwave",
  "house",
  "techno",
  "trance",
  "drum-and-bass",
]);

export function demoRecipes(): Recipe[] {
  return trackSpecs.map((spec) => ({
    set: "composed",
    // Renderings of an older score are not found again.
    name: `${spec.slug}-${compositionRevision}`,
    electronic: electronicStyles.has(spec.style),
    tonality: tonalityOf(spec.key),
    drive: spec.energy,
    make() {
      const { left, right } = renderScore(composeScore(spec), (...channels) => {
        const meter = createLoudnessMeter(sampleRate, channels.length);
        meter.push(channels);
        return meter.finish();
      });
      const { beatsS, downbeatsS } = beatGridOfSpec(spec);
      const truth = { beatsS, downbeatsS, fromS: beatsS[0] ?? 0, toS: beatsS.at(-1) ?? 0 };
      return Promise.resolve({ mono: left.map((value, i) => (value + right[i]) / 2), truth });
    },
  }));
}
