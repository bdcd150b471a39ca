import { Link } from "wouter";
import type { SoundtrackAnswer, TrackDetail } from "#protocol/api/schemas.ts";
import { clock, count, stretchText, withUnit } from "../../ui/format.ts";
import { routes } from "../../ui/routes.ts";
import { Note } from "../../ui/states.tsx";

type Slot = SoundtrackAnswer["slots"][number];

function Row({ slot, track }: { slot: Slot; track: TrackDetail | undefined }) {
  const tempoBpm = track === undefined ? null : track.tempoBpm * slot.stretch;
  return (
    <li className="slot">
      <span className="slot-time figures muted">{clock(slot.startS)}</span>
      <div className="slot-words">
        <p>
          <Link href={routes.track(slot.trackId)}>{track?.title ?? "Unknown track"}</Link>{" "}
          <span className="muted">{track?.artist}</span>
        </p>
        <p className="muted small">{slot.why.join(" ")}</p>
      </div>
      <span className="slot-tempo figures">
        {withUnit(tempoBpm === null ? null : Math.round(tempoBpm), "BPM")}
      </span>
      <span className="slot-stretch figures muted">{stretchText(slot.stretch)}</span>
      <span className="slot-key figures muted">{track?.key ?? ""}</span>
    </li>
  );
}

/** "98 % of the class within 4 % of the original tempo, 9 tracks, no repeats." */
function Quality({ soundtrack }: { soundtrack: SoundtrackAnswer }) {
  const { metrics, slots, gapPct } = soundtrack;
  const parts = [
    count(slots.length, "track"),
    `${Math.round(metrics.timeWithin4Pct)} % of the time within 4 % of the recorded tempo`,
    metrics.repeats === 0
      ? "no repeats"
      : `${count(metrics.repeats, "repeat")}: the library is short for this class`,
    `within ${gapPct.toFixed(1)} % of the best this library allows`,
  ];
  return <p className="muted small">{parts.join(" · ")}</p>;
}

function Missing({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Note>
      <p>This library is small for this class:</p>
      <ul className="missing">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Note>
  );
}

interface SoundtrackListProps {
  readonly soundtrack: SoundtrackAnswer;
  /** Tracks are still being added: what is missing now says nothing. */
  readonly isFilling: boolean;
}

export function SoundtrackList({ soundtrack, isFilling }: SoundtrackListProps) {
  const tracks = new Map(soundtrack.tracks.map((track) => [track.id, track]));
  return (
    <>
      <Quality soundtrack={soundtrack} />
      {!isFilling && <Missing sentences={soundtrack.missing} />}
      <ol className="slots">
        {soundtrack.slots.map((slot) => (
          <Row key={slot.startS} slot={slot} track={tracks.get(slot.trackId)} />
        ))}
      </ol>
    </>
  );
}
