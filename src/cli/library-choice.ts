import { existsSync } from "node:fs";
import { join } from "node:path";
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { TrackDetail } from "#protocol/api/schemas.ts";
import { databaseName } from "#server/open-data-folder.ts";
import type { RunningServer } from "#server/running-server.ts";
import { tracksToPlanWith } from "#server/use-cases/plan-soundtrack.ts";
import { withDataFolder } from "./data-folder.ts";
import { trackList } from "./track-list.ts";

export interface LibraryChoice {
  /** A tracks.json; no data folder is opened then. */
  readonly library?: string;
  readonly data: string;
}

const pageSize = 200;

type TrackOfServer = Omit<TrackDetail, "key"> & { readonly key: PlannerTrack["key"] };

/** All tracks of a running server that its owner wants to hear, with their grids. */
export async function tracksOfServer(server: RunningServer): Promise<PlannerTrack[]> {
  const tracks: PlannerTrack[] = [];
  let cursor: string | null = null;
  do {
    const from: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await server.request("GET", `/v1/tracks?limit=${pageSize}${from}`);
    const page = (await answer.json()) as { items: { id: string }[]; nextCursor: string | null };
    const details = await Promise.all(
      page.items.map(async ({ id }) => {
        const detail = await server.request("GET", `/v1/tracks/${encodeURIComponent(id)}`);
        return (await detail.json()) as TrackOfServer;
      }),
    );
    tracks.push(...details.filter(({ banned }) => !banned));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return tracks;
}

/**
 * The tracks to plan with: those of `--library`, else of the data folder (through its server when one runs), else the
 * composed demo tracks.
 */
export async function chosenLibrary({ library, data }: LibraryChoice): Promise<readonly PlannerTrack[]> {
  if (library !== undefined) return trackList(library);
  if (!existsSync(join(data, databaseName))) return demoPlannerTracks();
  const tracks = await withDataFolder(data, {
    throughServer: tracksOfServer,
    directly: async ({ store }) => tracksToPlanWith(await store.tracks.allTracks()),
  });
  return tracks.length > 0 ? tracks : demoPlannerTracks();
}
