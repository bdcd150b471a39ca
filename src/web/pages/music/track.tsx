import type { TrackDetail } from "#protocol/api/schemas.ts";
import { useSetTaste } from "../../api/changes.ts";
import { messageOf } from "../../api/client.ts";
import { apiPaths } from "../../api/paths.ts";
import { useTrack } from "../../api/queries.ts";
import { Choice } from "../../ui/controls.tsx";
import { clock, percent, withUnit } from "../../ui/format.ts";
import { Fact, Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded, Note } from "../../ui/states.tsx";
import { GridEditorPanel } from "./editor/editor.tsx";
import "./music.css";

/** What the three choices mean to the planner, which reads taste from 0 to 1. */
const tastes = { less: 0.15, neutral: 0.5, more: 0.9 } as const;
type TasteChoice = keyof typeof tastes;

function choiceOf(taste: number): TasteChoice {
  if (taste > 0.5) return "more";
  return taste < 0.5 ? "less" : "neutral";
}

function Taste({ track }: { track: TrackDetail }) {
  const save = useSetTaste(track.id);
  const shown = save.isPending ? save.variables : track.taste;
  return (
    <Section title="Taste">
      <Choice
        label="How often it may play"
        value={choiceOf(shown)}
        onChange={(choice) => save.mutate(tastes[choice])}
        options={[
          { value: "less", label: "Less", hint: "It plays only where nothing else fits as well." },
          { value: "neutral", label: "As it fits", hint: "It plays where its tempo, key and energy fit." },
          { value: "more", label: "More", hint: "It is preferred where it fits about as well as another." },
        ]}
      />
      {save.error !== null && <p role="alert">{messageOf(save.error)}</p>}
    </Section>
  );
}

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
            <Taste track={loaded} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
