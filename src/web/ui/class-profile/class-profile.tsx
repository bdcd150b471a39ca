/** The one drawing of a class: what the body is asked for above, the soundtrack beneath it like a reflection. */
import type { CSSProperties } from "react";
import { useMemo } from "react";
import type { SeriesRow } from "#domain/workout.ts";
import {
  bandOf,
  boxHeight,
  boxWidth,
  cadenceLine,
  doneLines,
  energyLine,
  frameOf,
  stepOf,
  xOf,
  type Frame,
  type ProfileBlock,
  type ProfileTrack,
} from "./shapes.ts";
import { profileLabel } from "./reading.ts";
import "./class-profile.css";

export type ProfileSize = "card" | "class" | "editor" | "workout" | "history";

export interface ClassProfileProps {
  readonly size: ProfileSize;
  readonly durationS: number;
  readonly blocks: readonly ProfileBlock[];
  /** Room is kept for the music as soon as this is given, so that nothing jumps; until there is some, what is asked of it is drawn. */
  readonly tracks?: readonly ProfileTrack[];
  /** What was really done, over the targets. */
  readonly done?: { readonly rows: readonly SeriesRow[]; readonly ftpW: number };
  /** Now: what lies before it is dimmed. */
  readonly nowS?: number;
  /** A moment being looked at. */
  readonly lookS?: number | null;
  /** Hides the drawing from assistive technology where a control around it says the same. */
  readonly decorative?: boolean;
}

const none: readonly ProfileTrack[] = [];

function Steps({ frame, blocks }: { frame: Frame; blocks: readonly ProfileBlock[] }) {
  return (
    <g>
      {blocks.map((block) => {
        const { points, edge, effort } = stepOf(frame, block);
        const style = { "--effort": `${Math.round(effort * 100)}%` } as CSSProperties;
        return (
          <g key={block.startS} style={style}>
            <polygon className="profile-step" points={points} />
            <path className="profile-edge" d={edge} />
          </g>
        );
      })}
    </g>
  );
}

function Bands(props: { frame: Frame; tracks: readonly ProfileTrack[]; lookS: number | null }) {
  return (
    <g>
      {props.tracks.map((track) => {
        const band = bandOf(props.frame, track);
        const looked = props.lookS !== null && props.lookS >= track.startS && props.lookS < track.endS;
        return (
          <g key={track.startS} className={looked ? "profile-band looked" : "profile-band"}>
            <rect x={band.x} width={band.width} y={band.y} height={band.height} />
            <path className="profile-cuts" d={band.cuts} />
            <path className="profile-join" d={`M${band.x + band.width} ${band.y}V${boxHeight}`} />
          </g>
        );
      })}
    </g>
  );
}

function Mark({ frame, atS, kind }: { frame: Frame; atS: number; kind: "now" | "look" }) {
  const x = xOf(frame, atS);
  return <path className={`profile-${kind}`} d={`M${x} 0V${boxHeight}`} />;
}

export function ClassProfile(props: ClassProfileProps) {
  const { size, durationS, blocks, tracks = none, done, nowS, lookS = null } = props;
  const hasMusic = props.tracks !== undefined;
  const waits = hasMusic && tracks.length === 0;
  const frame = useMemo(() => frameOf(durationS, hasMusic), [durationS, hasMusic]);
  const lines = useMemo(
    () => (done === undefined ? null : doneLines(frame, done.rows, blocks, done.ftpW)),
    [frame, done, blocks],
  );
  const still = useMemo(
    () => (
      <>
        <Steps frame={frame} blocks={blocks} />
        <path className="profile-cadence" d={cadenceLine(frame, blocks)} />
        {waits && <path className="profile-wish" d={energyLine(frame, blocks)} />}
      </>
    ),
    [frame, blocks, waits],
  );
  const naming =
    props.decorative === true
      ? { "aria-hidden": true as const }
      : { role: "img", "aria-label": profileLabel(blocks, tracks, durationS) };
  return (
    <svg
      className={`profile profile-${size}`}
      viewBox={`0 0 ${boxWidth} ${boxHeight}`}
      preserveAspectRatio="none"
      {...naming}
    >
      {still}
      <Bands frame={frame} tracks={tracks} lookS={lookS} />
      {lines !== null && <path className="profile-done-power" d={lines.power} />}
      {lines !== null && <path className="profile-done-cadence" d={lines.cadence} />}
      {nowS !== undefined && (
        <rect className="profile-past" x="0" y="0" width={xOf(frame, nowS)} height={boxHeight} />
      )}
      {nowS !== undefined && <Mark frame={frame} atS={nowS} kind="now" />}
      {lookS !== null && <Mark frame={frame} atS={lookS} kind="look" />}
    </svg>
  );
}
