import type { LibraryInfo } from "#protocol/api/schemas.ts";
import { useLibraryEvents } from "../../api/library-events.ts";
import { itemsOf, useLibrary, useTracks } from "../../api/queries.ts";
import { Button } from "../../ui/controls.tsx";
import { count } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { Empty, Loaded, Note } from "../../ui/states.tsx";
import { Failures, Folders } from "./folders.tsx";
import { LibraryProgressBar } from "./progress.tsx";
import { TrackTable } from "./tracks.tsx";
import "./music.css";

function Tracks({ info }: { info: LibraryInfo }) {
  const tracks = useTracks();
  return (
    <Section title="Tracks" aside={<span className="muted">{count(info.tracks, "track")}</span>}>
      <Loaded query={tracks} what="your tracks">
        {(data) => {
          const items = itemsOf(data);
          if (items.length === 0) {
            return (
              <Empty title="No tracks yet">
                <p>
                  {info.progress.state === "idle"
                    ? "Add a folder with music below; its tracks appear here as they are read."
                    : "The first ones appear here in a moment."}
                </p>
              </Empty>
            );
          }
          return (
            <>
              <TrackTable tracks={items} />
              {tracks.hasNextPage && (
                <div>
                  <Button onPress={() => void tracks.fetchNextPage()} busy={tracks.isFetchingNextPage}>
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

export function MusicPage() {
  useLibraryEvents();
  const library = useLibrary();
  return (
    <Page
      title="Music"
      lead="The tempo, beats, key and energy of every track are what soundtracks are made of."
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
            <Tracks info={info} />
            <Failures failures={info.failures} />
            <Folders info={info} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
