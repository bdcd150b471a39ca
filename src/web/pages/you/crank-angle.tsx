/** "Tap with your feet": where in the turn each crank sensor counts, measured by foot and finger. */
import { useCallback, useEffect, useRef, useState } from "react";
import { CrankMeasuring, fasterBy, tapsPerPace, type CrankStage } from "#engine/crank-measuring.ts";
import type { Sample } from "#domain/sensor.ts";
import { crankAngles, keepCrankAngle, type CrankAngle } from "#web/device/bluetooth/crank-angles.ts";
import { Button } from "../../ui/controls.tsx";
import { Page } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Note } from "../../ui/states.tsx";
import { RestPad, TapPad, useTapKeys } from "./tap-pad.tsx";
import { AddSensor, useSensors, type OpenSensors } from "./use-sensors.tsx";
import "./calibrate.css";

type Shown = CrankStage | { readonly kind: "before" };

interface Measuring {
  readonly stage: Shown;
  readonly cadence: number | null;
  readonly sensors: OpenSensors | null;
  readonly start: () => void;
  readonly tap: (tMs: number) => void;
  /** Takes the sensor's clock as it is known. */
  readonly finish: () => void;
}

/** The cadence shown is looked at anew this often. */
const lookEveryMs = 250;

function useMeasuring(): Measuring {
  const measuring = useRef(new CrankMeasuring());
  const [stage, setStage] = useState<Shown>({ kind: "before" });
  const [cadence, setCadence] = useState<number | null>(null);
  const step = useCallback((act: (current: CrankMeasuring) => void) => {
    const { current } = measuring;
    const before = current.stage;
    act(current);
    const { stage: now } = current;
    // Heard on all the time; what was kept may be forgotten meanwhile.
    if (now === before) return;
    if (now.kind === "measured") {
      for (const [sensor, estimate] of now.estimates) keepCrankAngle(sensor, estimate);
    }
    setStage(now);
  }, []);
  const hear = useCallback((sample: Sample) => step((current) => current.hear(sample)), [step]);
  const sensors = useSensors(hear);
  useEffect(() => {
    const timer = setInterval(() => setCadence(measuring.current.cadenceAt(performance.now())), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  const start = useCallback(() => step((current) => current.begin()), [step]);
  const tap = useCallback((tMs: number) => step((current) => current.tap(tMs)), [step]);
  const finish = useCallback(() => step((current) => current.finish()), [step]);
  return { stage, cadence, sensors, start, tap, finish };
}

function rpm(cadence: number): string {
  return `${Math.round(cadence)} rpm`;
}

/** Half a revolution is a stroke: 0..180 degrees. */
function angleText({ angleRev, uncertaintyMs }: CrankAngle): string {
  const off = Math.max(1, Math.round(uncertaintyMs));
  return `${Math.round(angleRev * 360)}° after your push, give or take ${off} ms`;
}

function FootPad({
  measuring,
  stage,
}: {
  measuring: Measuring;
  stage: Extract<CrankStage, { taps: number }>;
}) {
  const { cadence, tap } = measuring;
  const { fromCadence } = stage;
  const tooSlow = (cadence ?? 0) < fromCadence;
  const asked = fromCadence === 0 ? "" : `, at least ${rpm(fromCadence)}`;
  const now = cadence === null ? "Waiting for the crank to turn" : `${rpm(cadence)}${asked}`;
  return (
    <>
      <p role="status">
        {stage.kind === "slow"
          ? "Pedal calmly, about 65 rpm. Tap each time your right foot pushes down."
          : "Now a good deal faster, about 90 rpm. Tap with the same foot."}
      </p>
      <TapPad
        word={cadence === null ? "Pedal" : tooSlow ? "Faster" : "Tap"}
        figures={`${stage.taps} of ${tapsPerPace} · ${now}`}
        progress={{
          value: (stage.kind === "fast" ? tapsPerPace : 0) + stage.taps,
          max: 2 * tapsPerPace,
          label: "Taps counted",
        }}
        onTap={tap}
      />
    </>
  );
}

/** So coarse that nobody counts along. */
const leftStepS = 10;

function leftText(leftMs: number): string {
  const leftS = leftStepS * Math.ceil(leftMs / 1000 / leftStepS);
  const minutes = Math.floor(leftS / 60);
  return `${minutes}:${String(leftS % 60).padStart(2, "0")} more at most`;
}

function Listening({
  measuring,
  stage,
}: {
  measuring: Measuring;
  stage: Extract<CrankStage, { kind: "listening" }>;
}) {
  const { cadence, finish } = measuring;
  const { sigmaMs, share, leftMs, hidden } = stage;
  const known = `Clock known to ${Math.round(sigmaMs)} ms · ${leftText(leftMs)}`;
  return (
    <>
      <p role="status">
        {hidden
          ? "At this pace your sensor's clock does not show. Pedal a little faster or slower."
          : "That was the last tap. Keep pedalling: listening to your sensor."}
      </p>
      <RestPad
        word={cadence === null ? "Pedal" : "Pedal on"}
        figures={cadence === null ? "Waiting for the crank to turn" : known}
        progress={{ value: share, max: 1, label: "How well the sensor's clock is known" }}
      />
      <Button onPress={finish}>Finish now</Button>
    </>
  );
}

function Known({ sensors }: { sensors: OpenSensors | null }) {
  const [angles, setAngles] = useState(crankAngles());
  const nameOf = (id: string) => sensors?.devices.find((device) => device.id === id)?.name;
  const forget = (id: string) => {
    keepCrankAngle(id, null);
    setAngles(crankAngles());
  };
  const known = Object.entries(angles);
  if (known.length === 0) return null;
  return (
    <ul className="sensors known-angles" aria-label="Measured sensors">
      {known.map(([id, angle]) => (
        <li key={id} className="sensor">
          <span>{nameOf(id) ?? "A sensor that is not here now"}</span>
          <span className="muted figures">{angleText(angle)}</span>
          <Button weight="quiet" onPress={() => forget(id)}>
            Forget the angle
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** A result that is off by more is worth measuring again. */
const wellMs = 25;

function resultText(stage: Shown): string | null {
  if (stage.kind === "unclear") {
    return "Those taps do not agree with the sensor. Nothing was changed; try again, one tap for each push of the same foot.";
  }
  if (stage.kind !== "measured") return null;
  const offMs = Math.round(
    Math.max(...[...stage.estimates.values()].map(({ uncertaintyMs }) => uncertaintyMs)),
  );
  const measured = "Measured. From the next workout on, beats land on your push";
  if (offMs <= wellMs) return `${measured}.`;
  return `${measured}, give or take ${offMs} ms. Measure again and pedal on for longer to make that less.`;
}

export function CrankAnglePage() {
  const measuring = useMeasuring();
  const { stage, sensors, start, tap } = measuring;
  const tapping = "taps" in stage;
  useTapKeys(tapping, tap);
  const connected =
    sensors?.devices.some(({ state, doubt }) => state === "connected" && doubt === null) ?? false;
  const lead =
    "A crank sensor counts once a turn, but does not tell where your foot is then. Tap along once, and beats land on your push.";
  return (
    <Page title="Tap with your feet" lead={lead} back={{ to: routes.you, label: "You" }}>
      <div className="calibrate">
        {tapping ? (
          <FootPad measuring={measuring} stage={stage} />
        ) : stage.kind === "listening" ? (
          <Listening measuring={measuring} stage={stage} />
        ) : (
          <>
            <p>
              You pedal and tap at two paces, {tapsPerPace} taps each; the second at least{" "}
              {Math.round((fasterBy - 1) * 100)} % faster. On the large field, or with Space. Then you pedal
              on, without tapping, for one minute or two, until the sensor's clock is known.
            </p>
            {!connected && <AddSensor sensors={sensors} />}
            <Button
              weight="primary"
              icon="play"
              onPress={start}
              disabledReason={connected ? null : "Connect the crank sensor first."}
            >
              {stage.kind === "before" ? "Start" : "Measure again"}
            </Button>
            <div role="status">{resultText(stage) !== null && <Note>{resultText(stage)}</Note>}</div>
            <Known key={stage.kind} sensors={sensors} />
          </>
        )}
      </div>
    </Page>
  );
}
