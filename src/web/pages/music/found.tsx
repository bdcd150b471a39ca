/** The tracks that a sentence asks for. */
import { itemsOf, useFoundTracks } from "../../api/queries.ts";
import { Section } from "../../ui/page.tsx";
import { Understood } from "../../ui/search-box.tsx";
import { Empty, Loaded, Note } from "../../ui/states.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { TrackTable } from "./tracks.tsx";

function quoted(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(" or ");
}

export function FoundTracks({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const list = useFoundTracks(query);
  return (
    <Section title="Found">
      <Loaded query={list} what="tracks">
        {(data) => {
          const items = itemsOf(data);
          const { chips = [], unknown = [] } = data.pages[0] ?? {};
          return (
            <>
              <Understood query={query} chips={chips} onQuery={onQuery} />
              {unknown.length > 0 && <Note>Nothing in your library is called {quoted(unknown)}.</Note>}
              {items.length > 0 ? (
                <TrackTable tracks={items} label="Found tracks" isRanked />
              ) : (
                <Empty title="No track fits all of that">
                  <p>
                    Take a chip away, or say it otherwise: “driving, around 170, minor”, “calm piano under
                    100”, “mixes with 8A, no rap”.
                  </p>
                </Empty>
              )}
              <ShowMore list={list} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
