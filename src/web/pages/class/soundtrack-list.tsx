import { useState } from "react";
import { Link } from "wouter";
import type { Swap } from "#domain/soundtrack.ts";
import type { SoundtrackAnswer, TrackDetail } from "#protocol/api/schemas.ts";
import { clock, count, stretchText, withUnit } from "../../ui/format.ts";
import { Button } from "../../ui/controls.tsx";
import { routes } from "../../ui/routes.ts";
import { SwapDialog } from "./swap-dialog.tsx";
import { Note } from "../../ui/states.tsx";

type Slot = SoundtrackAnswer["slots"][number];

function isChosen({ startS, endS, trackId }: Slot, swap: Swap): boolean {
  return swap.trackId === trackId && swap.atS >= startS && swap.atS < endS;
}

interface RowProps {
  readonly slot: Slot;
  readonly track: TrackDetail | undefined;
  /** The person chose this track. */
  readonly chosen: boolean;
  readonly onSwap: () => void;
}

function Row({ slot, track, chosen, onSwap }: RowProps) {
  const tempoBpm = track === undefined ? null : track.tempoBpm * slot.stretch;
  return (
    <li className="slot">
      <span className="slot-time figures muted">{clock(slot.startS)}</span>
      <div className="slot-words">
        <p>
          <Link href={routes.track(slot.trackId)}>{track?.title ?? "Unknown track"}</Link>{" "}
          <span className="muted">{track?.artist}</span>
          {chosen && <span className="slot-chosen small"> Your choice</span>}
        </p>
        <p className="muted small">{slot.why.join(" ")}</p>
      </div>
      <span className="slot-tempo figures">
        {withUnit(tempoBpm === null ? null : Math.round(tempoBpm), "BPM")}
      </span>
      <span className="slot-stretch figures muted">{stretchText(slot.stretch)}</span>
      <span className="slot-key figures muted">{track?.key ?? ""}</span>
      <span className="slot-swap">
        <Button weight="quiet" onPress={onSwap}>
          Swap<span className="visually-hidden"> {track?.title ?? "this track"}</span>
        </Button>
      </span>
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

/** How many swaps there are, and the way back. */
function SwapLine({ soundtrack, wanted, onSwap }: Pick<ListProps, "soundtrack" | "wanted" | "onSwap">) {
  const made = soundtrack.swaps.length;
  const lost = wanted.length - made;
  return (
    <div className="swap-line" role="status">
      {made > 0 && (
        <>
          <span className="small">{count(made, "track")} swapped by you.</span>
          <Button weight="quiet" onPress={() => onSwap(soundtrack.swaps.slice(0, -1))}>
            Undo the last swap
          </Button>
        </>
      )}
      {lost > 0 && (
        <span className="muted small">
          {count(lost, "swap")} could not be made: the track is not in your library any more, or cannot sound
          then.
        </span>
      )}
    </div>
  );
}

interface ListProps {
  readonly soundtrack: SoundtrackAnswer;
  /** Tracks are still being added: what is missing now says nothing. */
  readonly isFilling: boolean;
  /** The swaps asked for. */
  readonly wanted: readonly Swap[];
  /** A new plan is on its way. */
  readonly isPlanning: boolean;
  readonly onSwap: (swaps: readonly Swap[]) => void;
}

export function SoundtrackList(props: ListProps) {
  const { soundtrack, isFilling, wanted, isPlanning, onSwap } = props;
  const [open, setOpen] = useState<Slot | null>(null);
  const tracks = new Map(soundtrack.tracks.map((track) => [track.id, track]));
  return (
    <>
      <Quality soundtrack={soundtrack} />
      {!isFilling && <Missing sentences={soundtrack.missing} />}
      {!isPlanning && <SwapLine soundtrack={soundtrack} wanted={wanted} onSwap={onSwap} />}
      <ol className="slots" aria-busy={isPlanning}>
        {soundtrack.slots.map((slot) => (
          <Row
            key={slot.startS}
            slot={slot}
            track={tracks.get(slot.trackId)}
            chosen={soundtrack.swaps.some((swap) => isChosen(slot, swap))}
            onSwap={() => setOpen(slot)}
          />
        ))}
      </ol>
      {open !== null && (
        <SwapDialog
          classId={soundtrack.classId}
          title={tracks.get(open.trackId)?.title ?? "this track"}
          swaps={soundtrack.swaps}
          atS={Math.round((open.startS + open.endS) / 2)}
          onTake={(swaps) => {
            setOpen(null);
            onSwap(swaps);
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
