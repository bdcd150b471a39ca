import type { TrackDetail } from "#protocol/api/schemas.ts";
import { apiPaths } from "../../api/paths.ts";
import { useTrack } from "../../api/queries.ts";
import { clock, count, percent, withUnit } from "../../ui/format.ts";
import { Fact, Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded, Note } from "../../ui/states.tsx";
import { GridStrip } from "./grid-strip.tsx";
import { TrackTasteSection } from "./track-taste.tsx";
import "./music.css";

function Grid({ track }: { track: TrackDetail }) {
  return (
    <Section title="Beat grid" aside={<span className="muted">{count(track.beatsS.length, "beat")}</span>}>
      {!track.confident && (
        <Note>
          {track.beatsS.length === 0
            ? "No steady beat was found, so soundtracks leave this track out where cadence matters."
            : `The grid is unsure (${percent(track.tempoConfidence)}), so soundtracks use this track less. Listen along: do the lines fall on the beat?`}
        </Note>
      )}
      <GridStrip grid={track} audioPath={apiPaths.trackAudio(track.id)} />
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
