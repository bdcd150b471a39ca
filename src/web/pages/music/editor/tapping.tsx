/** Tapping the beat while the track plays. */
import { useState } from "react";
import { fewestTaps, tappedLine } from "#domain/beat-grid/tapped.ts";
import { Button } from "../../../ui/controls.tsx";
import { onTaps } from "./actions.ts";
import type { GridEditor } from "./use-grid-editor.ts";
import type { Listening } from "./use-listening.ts";

/** After so long without a tap, the next one begins anew. */
const pauseS = 3;

export interface Tapping {
  readonly tapsS: readonly number[];
  readonly tap: () => void;
  readonly clear: () => void;
}

export function useTapping({ playing, positionS }: Listening): Tapping {
  const [tapsS, setTaps] = useState<readonly number[]>([]);
  return {
    tapsS,
    tap() {
      const atS = positionS();
      if (!playing) return;
      setTaps((before) => {
        const last = before.at(-1);
        const goesOn = last !== undefined && atS > last && atS - last < pauseS;
        return goesOn ? [...before, atS] : [atS];
      });
    },
    clear: () => setTaps([]),
  };
}

function tapText(tapsS: readonly number[], playing: boolean): string {
  if (tapsS.length === 0)
    return playing ? "Tap along with the beat, at least four times." : "Play the track, then tap along.";
  const line = tappedLine(tapsS);
  if (tapsS.length < fewestTaps) return `${tapsS.length} of ${fewestTaps} taps`;
  return line === null
    ? "These taps make no even beat. Try again."
    : `${tapsS.length} taps, ${(60 / line.beatS).toFixed(1)} BPM`;
}

export function TapControls(props: { tapping: Tapping; editor: GridEditor; listening: Listening }) {
  const { tapping, editor, listening } = props;
  const { tapsS } = tapping;
  const lay = onTaps(tapsS, listening.sound?.onsets ?? null);
  return (
    <div className="editor-row">
      <Button icon="tap" onPress={tapping.tap}>
        Tap (T)
      </Button>
      {lay !== null && (
        <Button
          onPress={() => {
            editor.edit("Tapped", lay);
            tapping.clear();
          }}
        >
          Lay the grid on these taps
        </Button>
      )}
      <p className="muted small" role="status">
        {tapText(tapsS, listening.playing)}
      </p>
    </div>
  );
}
