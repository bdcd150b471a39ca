import type { TrackDetail } from "#protocol/api/schemas.ts";
import { apiPaths } from "#client/paths.ts";
import { useTrack } from "../../api/queries.ts";
import { clock, percent, withUnit } from "../../ui/format.ts";
import { Fact, Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded, Note } from "../../ui/states.tsx";
import { GridEditorPanel } from "./editor/editor.tsx";
import { TrackTasteSection } from "./track-taste.tsx";
import "./music.css";

const gridMakers = {
  analysed: "found by analysis",
  edited: "edited by hand",
  imported: "imported",
} as const;

function Grid({ track }: { track: TrackDetail }) {
  return (
    <Section title="Beat grid" aside={<span className="muted">{gridMakers[track.gridOrigin]}</span>}>
      {!track.confident && (
        <Note>
          {track.beatsS.length === 0
            ? "No steady beat was found, so soundtracks leave this track out where cadence matters. If you hear one, play the track and tap it."
            : `The grid is unsure (${percent(track.tempoConfidence)}), so soundtracks use this track less. Play it with the click: where they part, shift, halve or double the grid, or tap the beat. Saving makes it sure.`}
        </Note>
      )}
      <GridEditorPanel track={track} />
    </Section>
  );
}

function Profile({ track }: { track: TrackDetail }) {
  return (
    <dl className="facts">
      <Fact label="Tempo">{track.tempoBpm > 0 ? withUnit(track.tempoBpm, "BPM", 1) : "--"}</Fact>
      <Fact label="Confidence">{percent(track.tempoConfidence)}</Fact>
      <Fact label="Key">{track.key ?? "--"}</Fact>
      <Fact label="Energy">{percent(track.energy)}</Fact>
      <Fact label="Mood, an estimate">{track.mood.words.join(", ")}</Fact>
      <Fact label="Loudness">{withUnit(track.loudnessLufs, "LUFS", 1)}</Fact>
      <Fact label="Length">{clock(track.durationS)}</Fact>
    </dl>
  );
}

export function TrackPage({ trackId }: { trackId: string }) {
  const query = useTrack(trackId);
  const track = query.data;
  const about = [track?.artist, track?.album, track?.year, track?.genre].filter((part) => Boolean(part));
  return (
    <Page
      title={track?.title ?? "Track"}
      back={{ to: routes.music, label: "Music" }}
      lead={about.join(" · ")}
      action={track?.hasCover === true && <img className="cover" src={apiPaths.trackCover(trackId)} alt="" />}
    >
      <Loaded query={query} what="the track">
        {(loaded) => (
          <>
            <Profile track={loaded} />
            <Grid track={loaded} />
            <TrackTasteSection track={loaded} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
