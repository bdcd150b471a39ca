/** "Tap to the beat": how late this output sounds, measured by ear and finger. */
import { useCallback, useEffect, useRef, useState } from "react";
import { estimateDelay, type DelayEstimate } from "#engine/calibrate.ts";
import { playClicks, type ClickTrack } from "#web/device/audio/click-track.ts";
import {
  delayOf,
  keepDelay,
  outputDevice,
  type OutputDelay,
  type OutputDevice,
} from "#web/device/audio/output-delay.ts";
import { Button } from "../../ui/controls.tsx";
import { Page } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Note } from "../../ui/states.tsx";
import { TapPad, useTapKeys } from "./tap-pad.tsx";
import { delayText } from "./delay-text.ts";
import { ByMicrophone } from "./by-microphone.tsx";
import "./calibrate.css";

/** 100 BPM: comfortable to tap, and far enough apart to tell delays of up to 0.45 s from each other. */
const periodS = 0.6;
const clickCount = 34;
/** Taps count from this click on; until then one listens. */
const listening = 4;

interface Tapping {
  readonly kind: "tapping";
  readonly clicks: number;
  readonly taps: number;
}

type Stage =
  | { readonly kind: "before" }
  | Tapping
  | { readonly kind: "measured"; readonly estimate: DelayEstimate }
  | { readonly kind: "unclear" }
  | { readonly kind: "silent" };

interface Measuring {
  readonly stage: Stage;
  readonly start: () => void;
  readonly tap: (tMs: number) => void;
}

/** Plays the clicks, collects the taps. `onMeasured` gets the result. */
function useMeasuring(onMeasured: (estimate: DelayEstimate) => void): Measuring {
  const [stage, setStage] = useState<Stage>({ kind: "before" });
  const track = useRef<ClickTrack | null>(null);
  const taps = useRef<number[]>([]);
  useEffect(() => () => void track.current?.close(), []);
  const end = useCallback(() => {
    const clicksMs = track.current?.clicksMs() ?? [];
    void track.current?.close();
    const estimate = estimateDelay(clicksMs, taps.current);
    setStage(estimate === null ? { kind: "unclear" } : { kind: "measured", estimate });
    if (estimate !== null) onMeasured(estimate);
  }, [onMeasured]);
  const start = useCallback(() => {
    taps.current = [];
    setStage({ kind: "tapping", clicks: 0, taps: 0 });
    const onClick = (clicks: number) =>
      setStage((was) => (was.kind === "tapping" ? { ...was, clicks } : was));
    const play = async () => {
      try {
        track.current = await playClicks(clickCount, periodS, onClick, end);
      } catch {
        setStage({ kind: "silent" });
      }
    };
    void play();
  }, [end]);
  const tap = useCallback((tMs: number) => {
    setStage((was) => {
      if (was.kind !== "tapping" || was.clicks < listening) return was;
      return { ...was, taps: was.taps + 1 };
    });
    taps.current.push(tMs);
  }, []);
  return { stage, start, tap };
}

function resultText(stage: Stage): string | null {
  switch (stage.kind) {
    case "measured":
      return `Sound reaches you late by ${delayText(stage.estimate)}. The music is played that much earlier from the next workout on.`;
    case "unclear":
      return "Those taps do not agree on one delay. Nothing was changed; try again with the sound a little louder.";
    case "silent":
      return "This browser did not let the clicks sound. Nothing was changed.";
    case "before":
    case "tapping":
      return null;
  }
}

function ClickPad({ stage, onTap }: { stage: Tapping; onTap: (tMs: number) => void }) {
  const { clicks, taps } = stage;
  const still = listening - clicks;
  return (
    <TapPad
      word={still > 0 ? "Listen" : "Tap"}
      figures={still > 0 ? `${still}` : `${taps} of ${clickCount - listening}`}
      progress={{ value: clicks, max: clickCount, label: "Clicks played" }}
      onTap={onTap}
    />
  );
}

function Known({ output, onForget }: { output: OutputDevice; onForget: () => void }) {
  const kept = delayOf(output);
  if (kept === null) return null;
  return (
    <>
      <p className="muted">
        Kept for {output.name ?? "this browser's output"}: {delayText(kept)}.
      </p>
      <Button weight="quiet" onPress={onForget}>
        Forget it
      </Button>
    </>
  );
}

export function CalibratePage() {
  const [output, setOutput] = useState<OutputDevice>({ name: null, likelyWireless: false });
  const [times, setTimes] = useState(0);
  useEffect(() => void outputDevice().then(setOutput), []);
  const keep = useCallback(
    ({ delayMs, uncertaintyMs }: DelayEstimate) =>
      keepDelay(output, { delayMs: Math.max(0, delayMs), uncertaintyMs }),
    [output],
  );
  const { stage, start, tap } = useMeasuring(keep);
  const tapping = stage.kind === "tapping";
  useTapKeys(tapping, tap);
  const forget = () => {
    keepDelay(output, null);
    setTimes((count) => count + 1);
  };
  const keepHeard = useCallback(async (delay: OutputDelay) => {
    // The browser names its output only once it lets the page listen.
    const named = await outputDevice();
    keepDelay(named, delay);
    setOutput(named);
    setTimes((count) => count + 1);
  }, []);
  const lead =
    "Wireless headphones sound up to a quarter of a second late. Measure it once and beats land on your strokes again.";
  return (
    <Page title="Tap to the beat" lead={lead} back={{ to: routes.you, label: "You" }}>
      <div className="calibrate">
        {tapping ? (
          <ClickPad stage={stage} onTap={tap} />
        ) : (
          <>
            <p>
              Put on what you train with. For {Math.round(clickCount * periodS)} s you hear even clicks:
              listen to four, then tap along on the large field or with Space.
            </p>
            <Button weight="primary" icon="play" onPress={start}>
              {stage.kind === "before" ? "Start" : "Measure again"}
            </Button>
            <div role="status">{resultText(stage) !== null && <Note>{resultText(stage)}</Note>}</div>
            <ByMicrophone onMeasured={keepHeard} />
            {stage.kind !== "measured" && <Known key={times} output={output} onForget={forget} />}
          </>
        )}
      </div>
    </Page>
  );
}
