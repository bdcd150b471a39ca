/** Everything a taste is made of, each piece with its effect and a way to take it back. */
import { useState } from "react";
import { Link } from "wouter";
import type { TasteSignal } from "#protocol/api/taste.ts";
import { messageOf } from "../../api/client.ts";
import { useForget, useTasteSignals } from "../../api/taste.ts";
import { Button } from "../../ui/controls.tsx";
import { count } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Empty, Loaded, Note } from "../../ui/states.tsx";
import { EffectBar } from "../music/effect-bar.tsx";
import { TasteImports } from "./taste-imports.tsx";
import "./taste.css";

/** What can be forgotten of all tracks at once, in the order of the words a person would use. */
const learned = [
  { source: "skips", label: "Forget skips" },
  { source: "plays", label: "Forget plays" },
  { source: "effort", label: "Forget effort" },
] as const;
type Source = Parameters<ReturnType<typeof useForget>["ofTrack"]>[0]["source"];

/** Runs one change after another press; what failed is said beside it. */
function useAction() {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const run = (action: () => Promise<void>): void => {
    setBusy(true);
    setFailed(null);
    action()
      .catch((error: unknown) => setFailed(messageOf(error)))
      .finally(() => setBusy(false));
  };
  return { busy, failed, run };
}

function Signal({ signal }: { signal: TasteSignal }) {
  const { source, trackId, title, artist, weight, text } = signal;
  const forget = useForget();
  const { busy, failed, run } = useAction();
  const takeBack = async (): Promise<void> => {
    if (trackId === null) return forget.wordOnArtist(artist);
    if (source === "said") return forget.wordOnTrack(trackId);
    return forget.ofTrack({ source: source as Source, trackId });
  };
  return (
    <li className="signal">
      <div>
        <p>
          {trackId === null || title === null ? (
            artist
          ) : (
            <>
              <Link href={routes.track(trackId)}>{title}</Link> <span className="muted">{artist}</span>
            </>
          )}
        </p>
        <p className="muted small">{text}</p>
        {failed !== null && <p role="alert">{failed}</p>}
      </div>
      <EffectBar weight={weight} />
      <Button weight="quiet" busy={busy} onPress={() => run(takeBack)}>
        {source.startsWith("said") ? "Take back" : "Forget"}
        <span className="visually-hidden">
          {title ?? artist}, {source}
        </span>
      </Button>
    </li>
  );
}

function Signals() {
  const list = useTasteSignals();
  const [first] = list.data?.pages ?? [];
  return (
    <Section
      title="What it is made of"
      aside={first !== undefined && <span className="muted">{count(first.total, "signal")}</span>}
    >
      {first?.usesWorkouts === false && (
        <Note>
          Plays, skips and effort do not count: you have not allowed it.{" "}
          <Link href={routes.consent}>Decide</Link>
        </Note>
      )}
      <Loaded query={list} what="your taste">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <Empty title="Nothing known yet">
                <p>
                  Say on a track's page what you think of it, bring a history along below, or work out: what
                  you skip and what lifts you is learned, if you allow it.
                </p>
              </Empty>
            );
          }
          return (
            <>
              <ul className="signals" aria-label="Signals">
                {items.map((signal) => (
                  <Signal key={`${signal.source} ${signal.trackId ?? signal.artist}`} signal={signal} />
                ))}
              </ul>
              {list.hasNextPage && (
                <div>
                  <Button onPress={() => void list.fetchNextPage()} busy={list.isFetchingNextPage}>
                    Show more
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Reset() {
  const forget = useForget();
  const { busy, failed, run } = useAction();
  const [isAsking, setAsking] = useState(false);
  return (
    <Section title="Start over">
      <p className="about">
        Forget one kind of thing for all tracks, or all of it. What comes afterwards is learned anew.
      </p>
      <div className="you-actions">
        {learned.map(({ source, label }) => (
          <Button
            key={source}
            busy={busy}
            onPress={() => run(() => forget.ofTrack({ source, trackId: null }))}
          >
            {label}
          </Button>
        ))}
        {!isAsking && (
          <Button weight="quiet" onPress={() => setAsking(true)}>
            Forget everything
          </Button>
        )}
      </div>
      {isAsking && (
        <div className="your-data-question" role="group" aria-label="Forget your whole taste?">
          <p className="about">
            Every word, every import and all that was learned is forgotten now. Download everything first if
            you want to keep it.
          </p>
          <div className="you-actions">
            <Button
              weight="danger"
              busy={busy}
              onPress={() =>
                run(async () => {
                  await forget.everything();
                  setAsking(false);
                })
              }
            >
              Forget it all
            </Button>
            <Button onPress={() => setAsking(false)}>Keep it</Button>
          </div>
        </div>
      )}
      {failed !== null && <p role="alert">{failed}</p>}
    </Section>
  );
}

export function TastePage() {
  return (
    <Page
      title="Your taste"
      lead="Soundtracks prefer what you like and never play what you have banned. Here is all that decides it; nobody else in the household sees it."
      back={{ to: routes.you, label: "You" }}
    >
      <Signals />
      <TasteImports />
      <Reset />
    </Page>
  );
}
