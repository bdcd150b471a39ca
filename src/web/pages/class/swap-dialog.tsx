/** Other tracks for one slot of the soundtrack, each with what it would cost. */
import type { Swap } from "#domain/soundtrack.ts";
import type { Alternatives } from "#protocol/api/swaps.ts";
import { useAlternatives } from "../../api/queries.ts";
import { Button } from "../../ui/controls.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { capital, stretchText, withUnit } from "../../ui/format.ts";
import { Loaded } from "../../ui/states.tsx";

type Offer = Alternatives["items"][number];

/** "A little worse: 1.4 %". */
function costText({ words, extraPct }: Offer): string {
  const pct = `${Math.abs(extraPct).toFixed(1)}\u00a0%`;
  return Math.abs(extraPct) < 0.1 ? capital(words) : `${capital(words)}: ${pct}`;
}

function OfferRow({ offer, onTake }: { offer: Offer; onTake: () => void }) {
  const { track, slot } = offer;
  return (
    <li className="offer">
      <div>
        <p>
          <strong>{track.title}</strong> <span className="muted">{track.artist}</span>
        </p>
        <p className="small">
          {costText(offer)}
          <span className="muted figures">
            {" · "}
            {withUnit(Math.round(track.tempoBpm * slot.stretch), "BPM")} · {stretchText(slot.stretch)}
          </span>
        </p>
        <p className="muted small">{slot.why.join(" ")}</p>
      </div>
      <Button onPress={onTake}>
        Use<span className="visually-hidden"> {track.title}</span>
      </Button>
    </li>
  );
}

interface SwapDialogProps {
  readonly classId: string;
  readonly title: string;
  readonly swaps: readonly Swap[];
  readonly atS: number;
  readonly onTake: (swaps: readonly Swap[]) => void;
  readonly onClose: () => void;
}

export function SwapDialog({ classId, title, swaps, atS, onTake, onClose }: SwapDialogProps) {
  const alternatives = useAlternatives(classId, swaps, atS);
  return (
    <Dialog title={`Instead of ${title}`} onClose={onClose}>
      <Loaded query={alternatives} what="other tracks">
        {({ items }) =>
          items.length === 0 ? (
            <p>Your library has no other track for these minutes.</p>
          ) : (
            <>
              <p className="muted small">
                How much worse the whole soundtrack would be, counting tempo, energy, key and taste. The
                tracks around it are planned anew.
              </p>
              <ul className="offers">
                {items.map((offer) => (
                  <OfferRow key={offer.track.id} offer={offer} onTake={() => onTake(offer.swaps)} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      <div className="dialog-choice">
        <Button onPress={onClose}>Keep it</Button>
      </div>
    </Dialog>
  );
}
