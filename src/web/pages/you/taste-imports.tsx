/** Histories brought from elsewhere: dropped or chosen, counted, taken out again. */
import { useState } from "react";
import type { TasteImport, TasteImported } from "#protocol/api/taste.ts";
import { maxListensBytes } from "#protocol/listens/listen.ts";
import { messageOf } from "../../api/client.ts";
import { useBring, useTakeOut, useTasteImports } from "../../api/taste.ts";
import { Button } from "../../ui/controls.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { count, dayAndTime } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";

const formatNames: Readonly<Record<TasteImport["format"], string>> = {
  listenbrainz: "ListenBrainz",
  lastfm: "Last.fm",
  m3u: "Favourites",
};

function matchedText({ recordings, matched, tracks }: TasteImport): string {
  if (matched === 0) return `None of its ${count(recordings, "recording")} is in the library.`;
  const inTracks = tracks === matched ? "" : `, as ${count(tracks, "track")}`;
  return `${matched} of ${count(recordings, "recording")} in the library${inTracks}, ${recordings - matched} not.`;
}

function Brought({ done }: { done: TasteImported }) {
  const { entries, format, unreadable } = done;
  return (
    <p role="status">
      {count(entries, format === "m3u" ? "favourite" : "listen")} read. {matchedText(done)}
      {unreadable > 0 && ` ${count(unreadable, "entry", "entries")} could not be read.`}
    </p>
  );
}

function useFile() {
  const bring = useBring();
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (file: File): Promise<void> => {
    bring.reset();
    const isTooLarge = file.size > maxListensBytes;
    setRefused(
      isTooLarge
        ? `A history is at most ${maxListensBytes / 2 ** 20} MB. Import it in parts, by year.`
        : null,
    );
    if (!isTooLarge) bring.mutate({ name: file.name.slice(0, 200), text: await file.text() });
  };
  const trouble = refused ?? (bring.error === null ? null : messageOf(bring.error));
  return { take, trouble, busy: bring.isPending, done: bring.data };
}

function DropHistory() {
  const { take, trouble, busy, done } = useFile();
  return (
    <>
      <FileDrop accept=".json,.jsonl,.csv,.m3u,.m3u8,.txt" onFile={(file) => void take(file)}>
        Or drop one here: an export of ListenBrainz or Last.fm (JSON or CSV), or favourites as an M3U list. It
        stays on this server, sealed like a workout.
      </FileDrop>
      {busy && <p role="status">Reading and matching.</p>}
      {done !== undefined && <Brought done={done} />}
      {trouble !== null && <p role="alert">{trouble}</p>}
    </>
  );
}

function Import({ one }: { one: TasteImport }) {
  const takeOut = useTakeOut();
  return (
    <li className="signal">
      <div>
        <p>
          {one.name}{" "}
          <span className="muted small">
            {formatNames[one.format]}, {dayAndTime(one.importedAtMs)}
          </span>
        </p>
        <p className="muted small">{matchedText(one)}</p>
        {takeOut.error !== null && <p role="alert">{messageOf(takeOut.error)}</p>}
      </div>
      <Button weight="quiet" busy={takeOut.isPending} onPress={() => takeOut.mutate(one.id)}>
        Take out<span className="visually-hidden">: {one.name}</span>
      </Button>
    </li>
  );
}

export function TasteImports() {
  const imports = useTasteImports();
  return (
    <Section title="Brought along">
      <DropHistory />
      <Loaded query={imports} what="what you brought">
        {({ items }) =>
          items.length === 0 ? null : (
            <ul className="signals" aria-label="Imports">
              {items.map((one) => (
                <Import key={one.id} one={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
