/** A file dropped here is analysed in this browser; a grid file is imported. Nothing of a music file is uploaded. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link } from "wouter";
import type { TrackProfile } from "#domain/track.ts";
import type { GridImported } from "#protocol/api/grids.ts";
import { api, ApiError, messageOf } from "../../api/client.ts";
import { apiPaths } from "#client/paths.ts";
import { analyseHere, type AnalysisProgress } from "../../device/audio/analyse-here.ts";
import { Button } from "../../ui/controls.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { clock, count, percent, withUnit } from "../../ui/format.ts";
import { Fact, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { GridStrip } from "./grid-strip.tsx";

/** What the server takes of a grid file. */
const maxGridFileBytes = 2 * 1024 * 1024;

type Outcome =
  | { readonly kind: "working"; readonly progress: AnalysisProgress }
  | { readonly kind: "profile"; readonly profile: TrackProfile; readonly audioUrl: string }
  | { readonly kind: "imported"; readonly grid: GridImported }
  | { readonly kind: "failed"; readonly reason: string };

interface Dropped {
  readonly name: string;
  readonly outcome: Outcome;
}

async function importedGrid(file: File): Promise<GridImported> {
  if (file.size > maxGridFileBytes) throw new ApiError(413, "A grid file is at most 2 MB large.");
  let contents: unknown;
  try {
    contents = JSON.parse(await file.text());
  } catch {
    throw new ApiError(400, "This is not a beat grid file.");
  }
  return api.post<GridImported>(apiPaths.gridFiles, contents);
}

function useDropped() {
  const client = useQueryClient();
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const running = useRef<AbortController | null>(null);
  const take = async (file: File): Promise<void> => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    const { name } = file;
    const show = (outcome: Outcome) => {
      if (!signal.aborted) setDropped({ name, outcome });
    };
    show({ kind: "working", progress: { share: 0, heardS: 0 } });
    try {
      if (name.endsWith(".json")) {
        show({ kind: "imported", grid: await importedGrid(file) });
        await client.invalidateQueries();
      } else {
        const profile = await analyseHere(file, (progress) => show({ kind: "working", progress }), signal);
        show({ kind: "profile", profile, audioUrl: URL.createObjectURL(file) });
      }
    } catch (error) {
      const reason =
        error instanceof ApiError ? messageOf(error) : `It cannot be used: ${(error as Error).message}.`;
      show({ kind: "failed", reason });
    }
  };
  return { dropped, take, stop: () => (running.current?.abort(), setDropped(null)) };
}

function Result({ name, outcome, onStop }: Dropped & { onStop: () => void }) {
  if (outcome.kind === "failed") {
    return (
      <p role="alert">
        <strong>{name}</strong> {outcome.reason}
      </p>
    );
  }
  if (outcome.kind === "working") {
    const { share, heardS } = outcome.progress;
    return (
      <div className="library-progress" role="group" aria-label={`Analysing ${name}`}>
        <p>
          <strong>{name}</strong> <span className="muted figures">{clock(heardS)} heard</span>
        </p>
        <progress max={1} value={share} aria-label={`Analysing ${name}`} />
        <div>
          <Button onPress={onStop}>Stop</Button>
        </div>
      </div>
    );
  }
  if (outcome.kind === "imported") {
    const { trackId, title, artist, offsetMs } = outcome.grid;
    return (
      <p role="status">
        The grid is now that of <Link href={routes.track(trackId)}>{title}</Link> by {artist}
        {Math.abs(offsetMs) >= 1
          ? `, moved by ${Math.round(offsetMs)} ms to where the music lies in your file.`
          : "."}
      </p>
    );
  }
  const { profile, audioUrl } = outcome;
  return (
    <div className="dropped" role="group" aria-label={name}>
      <p>
        <strong>{name}</strong>{" "}
        <span className="muted">
          {profile.confident
            ? "A sure grid."
            : profile.beatsS.length === 0
              ? "No steady beat was found."
              : "An unsure grid."}
        </span>
      </p>
      <dl className="facts">
        <Fact label="Tempo">{profile.tempoBpm > 0 ? withUnit(profile.tempoBpm, "BPM", 1) : "--"}</Fact>
        <Fact label="Confidence">{percent(profile.tempoConfidence)}</Fact>
        <Fact label="Key">{profile.key ?? "--"}</Fact>
        <Fact label="Energy">{percent(profile.energy)}</Fact>
        <Fact label="Loudness">{withUnit(profile.loudnessLufs, "LUFS", 1)}</Fact>
        <Fact label="Beats">{count(profile.beatsS.length, "beat")}</Fact>
      </dl>
      <GridStrip grid={profile} audioPath={audioUrl} />
    </div>
  );
}

export function DropZone() {
  const { dropped, take, stop } = useDropped();
  return (
    <Section title="Try a file">
      <FileDrop
        accept="audio/*,.mp3,.flac,.ogg,.opus,.m4a,.aac,.wav,.json"
        onFile={(file) => void take(file)}
      >
        Or drop one here. Music is analysed in this browser and not uploaded; a beat grid file is given to the
        track it belongs to.
      </FileDrop>
      {dropped !== null && <Result {...dropped} onStop={stop} />}
    </Section>
  );
}
