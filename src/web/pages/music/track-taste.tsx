/** What a person thinks of a track, and why soundtracks like it as much as they do. */
import type { TrackDetail } from "#protocol/api/schemas.ts";
import type { TrackTaste } from "#protocol/api/taste.ts";
import { messageOf } from "../../api/client.ts";
import { useSayOfArtist, useSayOfTrack, useTrackTaste } from "../../api/taste.ts";
import { Choice } from "../../ui/controls.tsx";
import { percent } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { EffectBar } from "./effect-bar.tsx";

type TrackWordChoice = NonNullable<TrackTaste["word"]> | "neutral";
type ArtistWordChoice = NonNullable<TrackTaste["artistWord"]> | "neutral";

function OfTrack({ trackId, word }: { trackId: string; word: TrackTaste["word"] }) {
  const say = useSayOfTrack(trackId);
  const shown = say.isPending ? say.variables.word : word;
  return (
    <>
      <Choice<TrackWordChoice>
        label="This track"
        value={shown ?? "neutral"}
        onChange={(choice) => say.mutate({ word: choice === "neutral" ? null : choice })}
        options={[
          { value: "ban", label: "Never", hint: "No soundtrack of yours plays it." },
          { value: "less", label: "Less", hint: "It plays only where nothing else fits as well." },
          { value: "neutral", label: "As it fits", hint: "It plays where its tempo, key and energy fit." },
          {
            value: "like",
            label: "I like it",
            hint: "It is preferred where it fits about as well as another.",
          },
        ]}
      />
      {say.error !== null && <p role="alert">{messageOf(say.error)}</p>}
    </>
  );
}

function OfArtist({ artist, word }: { artist: string; word: TrackTaste["artistWord"] }) {
  const say = useSayOfArtist();
  const shown = say.isPending ? say.variables.word : word;
  return (
    <>
      <Choice<ArtistWordChoice>
        label={`Everything by ${artist}`}
        value={shown ?? "neutral"}
        onChange={(choice) => say.mutate({ artist, word: choice === "neutral" ? null : choice })}
        options={[
          { value: "less", label: "Less" },
          { value: "neutral", label: "As it fits" },
          { value: "more", label: "More" },
        ]}
      />
      {say.error !== null && <p role="alert">{messageOf(say.error)}</p>}
    </>
  );
}

function Reasons({ taste }: { taste: TrackTaste }) {
  if (taste.reasons.length === 0) {
    return <p className="muted">Nothing is known yet. Play it in a workout, or say above what you think.</p>;
  }
  return (
    <ul className="taste-reasons">
      {taste.reasons.map(({ source, weight, text }) => (
        <li key={source}>
          <EffectBar weight={weight} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

export function TrackTasteSection({ track }: { track: TrackDetail }) {
  const query = useTrackTaste(track.id);
  return (
    <Section
      title="Taste"
      aside={query.data !== undefined && <span className="muted">{percent(query.data.taste)}</span>}
    >
      <Loaded query={query} what="your taste">
        {(taste) => (
          <>
            <OfTrack trackId={track.id} word={taste.word} />
            {track.artist !== "" && <OfArtist artist={track.artist} word={taste.artistWord} />}
            <Reasons taste={taste} />
          </>
        )}
      </Loaded>
    </Section>
  );
}
