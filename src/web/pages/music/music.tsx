import { useCallback } from "react";
import { useLocation, useSearch } from "wouter";
import type { LibraryInfo } from "#protocol/api/schemas.ts";
import { useLibraryEvents } from "../../api/library-events.ts";
import { itemsOf, useLibrary, useTracks } from "../../api/queries.ts";
import { LinkButton } from "../../ui/controls.tsx";
import { count } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { SearchBox } from "../../ui/search-box.tsx";
import { routes } from "../../ui/routes.ts";
import { Empty, Loaded, Note } from "../../ui/states.tsx";
import { DropZone } from "./drop.tsx";
import { Failures, Folders } from "./folders.tsx";
import { LibraryProgressBar } from "./progress.tsx";
import { FoundTracks } from "./found.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { TrackTable } from "./tracks.tsx";
import "./music.css";

/** First, because they want a look. */
function UnsureTracks() {
  const list = useTracks(false);
  const items = itemsOf(list.data);
  if (items.length === 0) return null;
  return (
    <Section title="Unsure grids">
      <p className="muted">
        Upbeat is not sure where the beat is in these, so soundtracks use them less. Open one, listen along
        with the click, and put it right.
      </p>
      <TrackTable tracks={items} label="Tracks with unsure grids" />
      <ShowMore list={list} />
    </Section>
  );
}

function SureTracks({ info }: { info: LibraryInfo }) {
  const list = useTracks(true);
  return (
    <Section title="Tracks" aside={<span className="muted">{count(info.tracks, "track")}</span>}>
      <Loaded query={list} what="your tracks">
        {(data) => {
          const items = itemsOf(data);
          if (items.length > 0) {
            return (
              <>
                <TrackTable tracks={items} label="Tracks" />
                <ShowMore list={list} />
              </>
            );
          }
          if (info.tracks > 0) return <p className="muted">None of them has a sure grid yet.</p>;
          return (
            <Empty title="No tracks yet">
              <p>
                {info.progress.state === "idle"
                  ? "Add a folder with music below; its tracks appear here as they are read."
                  : "The first ones appear here in a moment."}
              </p>
            </Empty>
          );
        }}
      </Loaded>
    </Section>
  );
}

export function MusicPage() {
  useLibraryEvents();
  const library = useLibrary();
  const [, navigate] = useLocation();
  const query = new URLSearchParams(useSearch()).get("query") ?? "";
  const search = useCallback(
    (next: string) => navigate(routes.foundMusic(next), { replace: true }),
    [navigate],
  );
  return (
    <Page
      title="Music"
      lead="The tempo, beats, key and energy of every track are what soundtracks are made of."
      action={
        <LinkButton to={routes.taste} weight="quiet">
          Your taste
        </LinkButton>
      }
    >
      <Loaded query={library} what="your library">
        {(info) => (
          <>
            <LibraryProgressBar progress={info.progress} />
            {info.demo && (
              <Note tone="music">
                These tracks are composed by Upbeat itself, so that there is something to move to. Add a
                folder of your own music below and classes play that instead.
              </Note>
            )}
            {info.tracks > 0 && (
              <SearchBox
                label="Search tracks"
                placeholder="Driving, around 170, minor"
                query={query}
                onQuery={search}
              />
            )}
            {query.trim() === "" ? (
              <>
                <UnsureTracks />
                <SureTracks info={info} />
              </>
            ) : (
              <FoundTracks query={query.trim()} onQuery={search} />
            )}
            <Failures failures={info.failures} />
            <Folders info={info} />
            <DropZone />
          </>
        )}
      </Loaded>
    </Page>
  );
}
