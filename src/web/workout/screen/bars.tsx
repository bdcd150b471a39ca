/** The edges of the workout screen: what it is and how it stands above, what can be done below. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { Button } from "../../ui/controls.tsx";
import { CrankMark } from "../../ui/crank/crank.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { routes } from "../../ui/routes.ts";
import type { Keeping, ScreenSensor, WorkoutActions, WorkoutView } from "./contract.ts";

const keepingTexts: Record<Keeping, string> = {
  saved: "Saved",
  "in-this-browser": "Kept in this browser",
  offline: "Server away. Kept in this browser",
  "no-consent": "Kept in this browser until you decide",
};

function sensorText({ name, state, trust, batteryPct, doubt, ignored }: ScreenSensor): string {
  if (doubt !== null) return `${name}: not used yet`;
  if (state === "connecting") return `${name}: connecting`;
  if (state === "lost") return `${name}: lost, looking for it`;
  const battery = batteryPct !== null && batteryPct <= 15 ? `, battery ${batteryPct} %` : "";
  return `${name}${trust < 0.5 ? ", not trusted" : ""}${battery}${ignored > 0 ? `, ${ignored} unreadable` : ""}`;
}

const sourceTexts = {
  tapping: "Tapping",
  motion: "This phone's motion",
  simulated: "Simulated athlete",
  replay: "FIT file",
  none: "No sensor",
} as const;

interface TopBarProps {
  readonly view: WorkoutView;
  readonly actions: WorkoutActions;
  readonly children: ReactNode;
}

export function TopBar({ view, actions, children }: TopBarProps) {
  const { plan, source, sensors, snapshot, keeping, leaves } = view;
  return (
    <header className="workout-top">
      {snapshot.phase === "ready" ? (
        <Link href={routes.class(plan.id)} aria-label="Back to the class">
          <CrankMark size={26} />
        </Link>
      ) : (
        <CrankMark size={26} />
      )}
      <h1>{plan.title}</h1>
      <ul aria-label="Movement comes from">
        {source === "sensors" ? (
          sensors.map((sensor) => (
            <li key={sensor.id} className={sensor.state}>
              {sensorText(sensor)}
            </li>
          ))
        ) : (
          <li>{sourceTexts[source]}</li>
        )}
      </ul>
      {source === "sensors" && (
        <Button weight="quiet" icon="sensor" onPress={actions.addSensor}>
          {sensors.length === 0 ? "Add a sensor" : "Add"}
        </Button>
      )}
      {children}
      {snapshot.phase !== "ready" && (
        <p className="keeping">{leaves === "all" ? keepingTexts[keeping] : "Private session"}</p>
      )}
    </header>
  );
}

interface ControlProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onPress: () => void;
}

function Control({ icon, label, onPress }: ControlProps) {
  return (
    <button type="button" className={icon === "help" ? "control keys" : "control"} onClick={onPress}>
      <Icon name={icon} size={22} />
      <span>{label}</span>
    </button>
  );
}

/** Counts when the finger comes down, not when it goes; a press by keyboard or screen reader has no finger. */
function TapControl({ onTap }: { onTap: (tMs: number) => void }) {
  return (
    <button
      type="button"
      className="control tap"
      onPointerDown={({ timeStamp }) => onTap(timeStamp)}
      onClick={({ detail, timeStamp }) => detail === 0 && onTap(timeStamp)}
    >
      <Icon name="tap" size={22} />
      <span>Tap</span>
    </button>
  );
}

interface BottomBarProps {
  readonly view: WorkoutView;
  readonly actions: WorkoutActions;
  readonly onStartOrPause: () => void;
  readonly onEnd: () => void;
  readonly onHelp: () => void;
}

export function BottomBar({ view, actions, onStartOrPause, onEnd, onHelp }: BottomBarProps) {
  const { phase } = view.snapshot;
  const under = phase === "running" || phase === "paused";
  return (
    <footer className="workout-bottom">
      {under && <Control icon="end" label="End" onPress={onEnd} />}
      <Button
        weight="primary"
        icon={phase === "running" ? "pause" : "play"}
        onPress={onStartOrPause}
        disabledReason={phase === "ready" ? view.notReady : null}
      >
        {phase === "running" ? "Pause" : phase === "paused" ? "Go on" : "Start"}
      </Button>
      {under && (view.source === "tapping" || view.snapshot.asksForTaps) && (
        <TapControl onTap={actions.tap} />
      )}
      {under && <Control icon="skip" label="Skip block" onPress={actions.skipBlock} />}
      {under && <Control icon="next" label="Skip track" onPress={actions.skipTrack} />}
      <Control icon="help" label="Keys" onPress={onHelp} />
    </footer>
  );
}
