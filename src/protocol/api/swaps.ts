/** Tracks swapped in a soundtrack, and what there is to swap in. */
import { Type, type Static } from "typebox";
import { Slot, SoundtrackRequest, Swap, TrackSummary } from "./schemas.ts";

/** POST /v1/soundtracks/alternatives {classId, seed?, swaps?, atS}: other tracks for the slot at class time `atS`. */
export const AlternativesRequest = Type.Object({
  classId: SoundtrackRequest.properties.classId,
  seed: SoundtrackRequest.properties.seed,
  swaps: SoundtrackRequest.properties.swaps,
  atS: Swap.properties.atS,
});

/** The next best tracks, cheapest first. Ask for the soundtrack with `swaps` to have one. */
export const Alternatives = Type.Object({
  items: Type.Array(
    Type.Object({
      track: TrackSummary,
      /** The slot that it would get. */
      slot: Slot,
      /** All swaps of the soundtrack with this one made. */
      swaps: Type.Array(Swap),
      /** How much more the whole soundtrack would cost, and that as a share of its present cost; below 0: less. */
      extraCost: Type.Number(),
      extraPct: Type.Number(),
      words: Type.String(),
    }),
  ),
});
export type Alternatives = Static<typeof Alternatives>;
