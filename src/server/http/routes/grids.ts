import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { AnalysedGrid, GridImported, GridUpdate } from "#protocol/api/grids.ts";
import { TrackDetail } from "#protocol/api/schemas.ts";
import { GridFile } from "#protocol/grid-file.ts";
import type { BeatGrid, Track } from "#domain/track.ts";
import type { KeepTaste } from "#server/use-cases/keep-taste.ts";
import type { RepairGrids } from "#server/use-cases/repair-grids.ts";
import type { ShareGrids } from "#server/use-cases/share-grids.ts";
import { IdParams, type Api } from "../api.ts";
import { tasteViewerOf } from "../taste-viewer.ts";
import { toTrackDetail } from "../track-json.ts";

const tags = ["tracks"];
/** A grid of the most beats there may be, and 20 minutes of fingerprint. */
const maxGridBytes = 2 * 1024 * 1024;

const plain = ({ beatsS, downbeatsS }: BeatGrid) => ({ beatsS: [...beatsS], downbeatsS: [...downbeatsS] });

function editRoutes(app: Api, repair: RepairGrids, taste: KeepTaste): void {
  const shown = async (request: FastifyRequest, track: Track) =>
    toTrackDetail(track, (await taste.model(tasteViewerOf(request)))(track));
  const params = IdParams;
  app.put(
    "/v1/tracks/:id/beat-grid",
    {
      bodyLimit: maxGridBytes,
      schema: {
        tags,
        summary: "Keep a grid of your own; no scan changes it",
        params,
        body: GridUpdate,
        response: { 200: TrackDetail },
      },
    },
    async (request) => shown(request, await repair.keep(request.params.id, request.body)),
  );
  app.delete(
    "/v1/tracks/:id/beat-grid",
    {
      schema: { tags, summary: "Back to the analysed grid", params, response: { 200: TrackDetail } },
    },
    async (request) => shown(request, await repair.revert(request.params.id)),
  );
  app.get(
    "/v1/tracks/:id/beat-grid/analysed",
    {
      schema: { tags, summary: "The grid analysis found", params, response: { 200: AnalysedGrid } },
    },
    async (request) => plain(await repair.analysed(request.params.id)),
  );
  app.post(
    "/v1/tracks/:id/analysis",
    {
      schema: { tags, summary: "Analyse the file once more", params, response: { 200: AnalysedGrid } },
    },
    async (request) => plain(await repair.analyseAgain(request.params.id)),
  );
}

interface GridParts {
  readonly repairGrids: RepairGrids;
  readonly shareGrids: ShareGrids;
  readonly taste: KeepTaste;
}

export function gridRoutes(app: Api, { repairGrids, shareGrids: share, taste }: GridParts): void {
  editRoutes(app, repairGrids, taste);
  app.get(
    "/v1/tracks/:id/beat-grid/file",
    {
      schema: {
        tags,
        summary: "The grid as a file without audio",
        params: IdParams,
        response: { 200: GridFile },
      },
    },
    async (request, reply) => {
      const file = await share.exportGrid(request.params.id);
      const name = `${(file.title ?? "grid").replaceAll(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80)}.beat-grid.json`;
      reply.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
      return file;
    },
  );
  app.post(
    "/v1/beat-grids",
    {
      bodyLimit: maxGridBytes,
      schema: {
        tags,
        summary: "Import a grid file: its recording is looked for in the library",
        body: Type.Unknown(),
        response: { 200: GridImported },
      },
    },
    async (request) => {
      const { track, offsetS, difference } = await share.importGrid(request.body);
      const { id: trackId, title, artist } = track;
      return { trackId, title, artist, offsetMs: offsetS * 1000, differencePct: difference * 100 };
    },
  );
}
