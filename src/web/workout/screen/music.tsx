/** Music, the fourth instrument: its tempo against the cadence, the lock, the stretch, and what comes next. */
import { useState } from "react";
import type { EngineSnapshot } from "#engine/contract.ts";
import { Button } from "../../ui/controls.tsx";
import { percent, stretchText, unbroken } from "../../ui/format.ts";
import type { WorkoutView } from "./contract.ts";
import { Stale, Tile } from "./figure.tsx";
import { lockTexts } from "./target.ts";
import "./music.css";

/** "2 beats per turn", "1 beat per step" */
function ratioText(tempoRatio: number, sport: string): string {
  if (tempoRatio === 0) return "";
  const per = sport === "cycling" ? "turn" : sport === "rowing" ? "stroke" : "step";
  const beats = Number.isInteger(tempoRatio) ? String(tempoRatio) : tempoRatio.toFixed(1);
  return `${beats} ${tempoRatio === 1 ? "beat" : "beats"} per ${per}`;
}

const modeTexts = { follow: "follows you", lead: "leads you", steady: "holds the class" } as const;

function trustText(view: WorkoutView): string {
  const worst = view.snapshot.sensors.toSorted((a, b) => a.trust - b.trust)[0];
  return worst === undefined ? "no sensor" : percent(worst.trust);
}

function Details({ view }: { view: WorkoutView }) {
  const { snapshot, plan } = view;
  const facts = [
    ["Beats", ratioText(snapshot.tempoRatio, plan.sport) || "free"],
    ["Stretch", stretchText(snapshot.stretch)],
    ["Phase", snapshot.phaseErrorMs === null ? "--" : `${Math.round(snapshot.phaseErrorMs)} ms`],
    ["Music", modeTexts[snapshot.mode]],
    ["Trust", trustText(view)],
  ] as const;
  return (
    <span className="music-details">
      {facts.map(([label, text]) => (
        <span key={label}>
          <span className="muted">{label}</span>
          <span className="figures">{text}</span>
        </span>
      ))}
    </span>
  );
}

/** Nothing holds the music while it does not play. */
function musicState({ phase, lock }: EngineSnapshot): keyof typeof stateTexts {
  return phase === "ready" || phase === "paused" ? phase : lock;
}

const stateTexts = { ...lockTexts, ready: "starts with you", paused: "paused with you" } as const;

export function TempoTile({ view }: { view: WorkoutView }) {
  const [open, setOpen] = useState(false);
  const { snapshot } = view;
  const { tempoBpm, phaseErrorMs } = snapshot;
  const state = musicState(snapshot);
  return (
    <Tile
      does={open ? "Show the tempo" : "Show how the music is held"}
      onPress={() => setOpen(!open)}
      className="tile-tempo"
    >
      <span className="figure other">
        <span className="figure-label">Music</span>
        {open ? (
          <Details view={view} />
        ) : (
          <>
            <span className="figure-value music figures">
              {tempoBpm === null ? <Stale /> : Math.round(tempoBpm)}
              <span className="figure-unit">BPM</span>
            </span>
            <span className={`figure-target lock ${state}`}>
              {stateTexts[state]}
              {state === "locked" && phaseErrorMs !== null && (
                <span className="lock-apart figures">{Math.abs(Math.round(phaseErrorMs))} ms apart</span>
              )}
            </span>
          </>
        )}
      </span>
    </Tile>
  );
}

interface TrackLineProps {
  readonly view: WorkoutView;
  /** Opens the reasons; null before there are any. */
  readonly onWhy: (() => void) | null;
}

export function TrackLine({ view, onWhy }: TrackLineProps) {
  const { snapshot, tracks, slots } = view;
  const ready = snapshot.phase === "ready";
  const trackId = ready ? slots[0]?.trackId : snapshot.trackId;
  const track = tracks.get(trackId ?? "");
  const next = snapshot.nextTrackId === null ? undefined : tracks.get(snapshot.nextTrackId);
  return (
    <div className="track-line">
      <p className="track-now">
        <strong>{track?.title ?? "No music yet"}</strong> <span>{track?.artist}</span>{" "}
        {track !== undefined && (
          <span className="figures track-stretch">
            {track.key ?? ""} {!ready && stretchText(snapshot.stretch)}
          </span>
        )}
      </p>
      {next !== undefined && !ready && (
        <p className="track-next">
          Next: <span className="track-next-title">{next.title}</span>{" "}
          {unbroken(snapshot.nextTrackWhy[0] ?? "")}
        </p>
      )}
      {onWhy !== null && (
        <Button weight="quiet" onPress={onWhy}>
          Why
        </Button>
      )}
    </div>
  );
}
