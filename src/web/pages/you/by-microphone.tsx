/** How late the output sounds, measured by chirps and a microphone in place of taps. */
import { useCallback, useEffect, useRef, useState } from "react";
import { chirpCount, measureChirps, type ChirpMeasure } from "#web/device/audio/chirp-measure.ts";
import type { OutputDelay } from "#web/device/audio/output-delay.ts";
import { Button } from "../../ui/controls.tsx";
import { Note } from "../../ui/states.tsx";
import { delayText } from "./delay-text.ts";

type Stage =
  | { readonly kind: "before" | "unclear" | "deaf" }
  | { readonly kind: "listening"; readonly chirps: number }
  | { readonly kind: "measured"; readonly delay: OutputDelay };

function textOf(stage: Stage): string | null {
  switch (stage.kind) {
    case "measured":
      return `The chirps were heard late by ${delayText(stage.delay)}. The music is played that much earlier from the next workout on.`;
    case "unclear":
      return "The chirps were not heard clearly, or each one as late as it liked. Nothing was changed; hold the microphone closer, or turn the sound up.";
    case "deaf":
      return "This browser does not let the page listen. Nothing was changed; tapping works without a microphone.";
    case "before":
    case "listening":
      return null;
  }
}

/** Listens while it is on the page, and no longer. */
function useChirps(onMeasured: (delay: OutputDelay) => Promise<void>): { stage: Stage; start: () => void } {
  const [stage, setStage] = useState<Stage>({ kind: "before" });
  const measure = useRef<ChirpMeasure | null>(null);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
      measure.current?.close();
    };
  }, []);
  const start = useCallback(() => {
    const listen = async () => {
      try {
        setStage({ kind: "listening", chirps: 0 });
        measure.current = await measureChirps((chirps) => setStage({ kind: "listening", chirps }));
        if (left.current) measure.current.close();
        const found = await measure.current.delay;
        if (found === null) return setStage({ kind: "unclear" });
        const delay = { ...found, delayMs: Math.max(0, found.delayMs) };
        await onMeasured(delay);
        setStage({ kind: "measured", delay });
      } catch {
        setStage({ kind: "deaf" });
      }
    };
    void listen();
  }, [onMeasured]);
  return { stage, start };
}

export function ByMicrophone({ onMeasured }: { onMeasured: (delay: OutputDelay) => Promise<void> }) {
  const { stage, start } = useChirps(onMeasured);
  const text = textOf(stage);
  return (
    <>
      <p className="muted">
        Or let this device listen: hold the headphones or the speaker to the microphone for ten seconds. What
        it hears never leaves this page. Use a microphone of its own, not the headset's: that one changes how
        late the headset sounds.
      </p>
      {stage.kind === "listening" ? (
        <progress max={chirpCount} value={stage.chirps} aria-label="Chirps listened for" />
      ) : (
        <Button icon="music" onPress={start}>
          Measure with the microphone
        </Button>
      )}
      <div role="status">{text !== null && <Note>{text}</Note>}</div>
    </>
  );
}
