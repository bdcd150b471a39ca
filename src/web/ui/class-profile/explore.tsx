/** The class profile with a moment to look at: by pointer, touch or keyboard, and read aloud. */
import { useCallback, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { clamp } from "#domain/units.ts";
import { clock, spell } from "../format.ts";
import { ClassProfile, type ClassProfileProps } from "./class-profile.tsx";
import { readingAt, type Reading } from "./reading.ts";
import "./explore.css";

/** One key press moves this far: a planning step of the soundtrack. */
const keyStepS = 15;

interface ExploreProps extends Omit<ClassProfileProps, "lookS" | "decorative" | "nowS"> {
  readonly sport: string;
}

function spoken(reading: Reading | null): string {
  if (reading === null) return "";
  const music = reading.track === null ? "" : `. ${reading.track.title}, ${reading.music}`;
  return `${clock(reading.atS)}: ${reading.block}, ${reading.target}${music}`;
}

function ReadingLine({ reading }: { reading: Reading | null }) {
  if (reading === null) {
    return <p className="reading muted">Move along the drawing to read block, target and track.</p>;
  }
  const { track } = reading;
  return (
    <div className="reading">
      <p>
        <span className="figures reading-time">{clock(reading.atS)}</span> <strong>{reading.block}</strong>{" "}
        <span className="muted">{reading.target}</span>
      </p>
      {track !== null && (
        <p>
          <span className="reading-music">
            {track.title} <span className="figures">{reading.music}</span>
          </span>{" "}
          <span className="muted">{track.why[0] ?? track.artist}</span>
        </p>
      )}
    </div>
  );
}

/** A tick after this share of the class would lie under the words at its end, on a narrow screen. */
const clearOfEnd = 0.8;

/** Ticks under the drawing: at most five, on whole minutes. */
function Axis({ durationS }: { durationS: number }) {
  const stepS = [60, 120, 300, 600, 900, 1800, 3600].find((step) => durationS / step <= 5) ?? 7200;
  const ticks = Array.from({ length: Math.floor(durationS / stepS) + 1 }, (_, tick) => tick * stepS);
  return (
    <div className="profile-axis figures" aria-hidden="true">
      {ticks
        .filter((tick) => tick < durationS * clearOfEnd)
        .map((tick) => (
          <span key={tick} style={{ insetInlineStart: `${(tick / durationS) * 100}%` }}>
            {tick === 0 ? "0" : spell(tick)}
          </span>
        ))}
      <span className="profile-axis-end">{spell(durationS)}</span>
    </div>
  );
}

export function ProfileExplorer({ sport, ...profile }: ExploreProps) {
  const { blocks, durationS, tracks } = profile;
  const [lookS, setLookS] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const reading = useMemo(
    () => (lookS === null ? null : readingAt(blocks, tracks ?? [], sport, lookS)),
    [lookS, blocks, tracks, sport],
  );
  const follow = useCallback(
    (event: PointerEvent) => {
      const bounds = box.current?.getBoundingClientRect();
      if (bounds === undefined) return;
      setLookS(clamp((event.clientX - bounds.left) / bounds.width, 0, 1) * durationS);
    },
    [durationS],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const at = lookS ?? 0;
    const moves: Record<string, number> = {
      ArrowRight: at + keyStepS,
      ArrowLeft: at - keyStepS,
      PageDown: blocks.find(({ startS }) => startS > at)?.startS ?? durationS,
      PageUp: blocks.findLast(({ startS }) => startS < at)?.startS ?? 0,
      Home: 0,
      End: durationS,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setLookS(clamp(next, 0, durationS));
  };
  return (
    <div className="explore">
      <div
        ref={box}
        className="explore-box"
        role="slider"
        tabIndex={0}
        aria-label="Moment of the class"
        aria-valuemin={0}
        aria-valuemax={Math.round(durationS)}
        aria-valuenow={Math.round(lookS ?? 0)}
        aria-valuetext={spoken(reading ?? readingAt(blocks, tracks ?? [], sport, 0))}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={(event) => event.pointerType === "mouse" && setLookS(null)}
        onKeyDown={onKeyDown}
      >
        <ClassProfile {...profile} lookS={lookS} decorative />
      </div>
      <Axis durationS={durationS} />
      <ReadingLine reading={reading} />
    </div>
  );
}
