/** The state of the grid editor: the history of edits, the region they are for, and what is kept on the server. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { inRegion, type Region } from "#domain/beat-grid/edit.ts";
import { did, redone, sameGrid, startHistory, undone, type GridHistory } from "#domain/beat-grid/history.ts";
import type { BeatGrid } from "#domain/track.ts";
import type { AnalysedGrid } from "#protocol/api/grids.ts";
import type { TrackDetail } from "#protocol/api/schemas.ts";
import { api } from "../../../api/client.ts";
import { apiPaths } from "#client/paths.ts";
import { queryKeys } from "../../../api/queries.ts";

export type Edit = (part: BeatGrid, region: Region) => BeatGrid;

export interface GridEditor {
  readonly grid: BeatGrid;
  readonly history: GridHistory;
  readonly region: Region | null;
  readonly setRegion: (region: Region | null) => void;
  /** Edits the region, or the whole track where none is chosen. */
  readonly edit: (label: string, edit: Edit) => void;
  /** Edits the whole track, whatever is chosen. */
  readonly editAll: (label: string, edit: Edit) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly isSaved: boolean;
  readonly save: () => void;
  readonly revert: () => void;
  readonly analyseAgain: () => void;
  /** What is under way, or what the last attempt failed with. */
  readonly busy: boolean;
  readonly error: unknown;
}

/** Edits that are not saved yet outlive a look at another page. */
const unsaved = new Map<string, GridHistory>();

function useKeep(track: TrackDetail) {
  const client = useQueryClient();
  return useMutation({
    async mutationFn(grid: BeatGrid) {
      const analysed = await api.get<AnalysedGrid>(apiPaths.trackAnalysedGrid(track.id));
      return sameGrid(grid, analysed)
        ? api.delete<TrackDetail>(apiPaths.trackGrid(track.id))
        : api.put<TrackDetail>(apiPaths.trackGrid(track.id), grid);
    },
    async onSuccess(saved) {
      unsaved.delete(track.id);
      client.setQueryData(queryKeys.track(track.id), saved);
      await Promise.all(
        [queryKeys.tracks, queryKeys.soundtracks].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
  });
}

export function useGridEditor(track: TrackDetail): GridEditor {
  const [history, setHistory] = useState(() => unsaved.get(track.id) ?? startHistory(track));
  const [region, setRegion] = useState<Region | null>(null);
  const { grid } = history.present;
  const whole: Region = { fromS: 0, toS: track.durationS };
  const isSaved = sameGrid(grid, track);
  const change = (next: (history: GridHistory) => GridHistory) => {
    setHistory((before) => {
      const after = next(before);
      unsaved.set(track.id, after);
      return after;
    });
  };
  const keep = useKeep(track);
  const revert = useMutation({
    mutationFn: () => api.get<AnalysedGrid>(apiPaths.trackAnalysedGrid(track.id)),
    onSuccess: (analysed) => change((before) => did(before, "Back to the analysed grid", analysed)),
  });
  const again = useMutation({
    mutationFn: () => api.post<AnalysedGrid>(apiPaths.trackAnalysis(track.id)),
    onSuccess: (analysed) => change((before) => did(before, "Analysed again", analysed)),
  });
  useEffect(() => {
    if (isSaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isSaved]);

  return {
    grid,
    history,
    region,
    setRegion,
    edit: (label, edit) =>
      change((before) =>
        did(
          before,
          label,
          region === null
            ? edit(before.present.grid, whole)
            : inRegion(before.present.grid, region, (part) => edit(part, region)),
        ),
      ),
    editAll: (label, edit) => change((before) => did(before, label, edit(before.present.grid, whole))),
    undo: () => change(undone),
    redo: () => change(redone),
    isSaved,
    save: () => keep.mutate({ beatsS: grid.beatsS, downbeatsS: grid.downbeatsS }),
    revert: () => revert.mutate(),
    analyseAgain: () => again.mutate(),
    busy: keep.isPending || revert.isPending || again.isPending,
    error: keep.error ?? revert.error ?? again.error,
  };
}
