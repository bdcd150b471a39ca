/** "Tap with your feet": where in the turn each crank sensor counts, measured by foot and finger. */
import { useCallback, useEffect, useRef, useState } from "react";
import { CrankMeasuring, fasterBy, tapsPerPace, type CrankStage } from "#engine/crank-measuring.ts";
import type { Sample } from "#domain/sensor.ts";
import { crankAngles, keepCrankAngle, type CrankAngle } from "#web/device/bluetooth/crank-angles.ts";
import { Button } from "../../ui/controls.tsx";
import { Page } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Note } from "../../ui/states.tsx";
import { TapPad, useTapKeys } from "./tap-pad.tsx";
import { AddSensor, useSensors, type OpenSensors } from "./use-sensors.tsx";
import "./calibrate.css";

type Shown = CrankStage | { readonly kind: "before" };

interface Measuring {
  readonly stage: Shown;
  readonly cadence: number | null;
  readonly sensors: OpenSensors | null;
  readonly start: () => void;
  readonly tap: (tMs: number) => void;
}

/** The cadence shown is looked at anew this often. */
const lookEveryMs = 250;

function useMeasuring(): Measuring {
  const measuring = useRef(new CrankMeasuring());
  const [stage, setStage] = useState<Shown>({ kind: "before" });
  const [cadence, setCadence] = useState<number | null>(null);
  const hear = useCallback((sample: Sample) => measuring.current.hear(sample), []);
  const sensors = useSensors(hear);
  useEffect(() => {
    const timer = setInterval(() => setCadence(measuring.current.cadenceAt(performance.now())), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  const start = useCallback(() => {
    measuring.current = new CrankMeasuring();
    setStage(measuring.current.stage);
  }, []);
  const tap = useCallback((tMs: number) => {
    measuring.current.tap(tMs);
    const { stage: now } = measuring.current;
    if (now.kind === "measured") {
      for (const [sensor, estimate] of now.estimates) keepCrankAngle(sensor, estimate);
    }
    setStage(now);
  }, []);
  return { stage, cadence, sensors, start, tap };
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

function resultText(stage: Shown): string | null {
  if (stage.kind === "unclear") {
    return "Those taps do not agree with the sensor. Nothing was changed; try again, one tap for each push of the same foot.";
  }
  if (stage.kind !== "measured") return null;
  return "Measured. From the next workout on, beats land on your push.";
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
        ) : (
          <>
            <p>
              You pedal and tap at two paces, {tapsPerPace} taps each; the second at least{" "}
              {Math.round((fasterBy - 1) * 100)} % faster. On the large field, or with Space.
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
