/** What the package "upbeat-client" offers. */
export { ApiError, createClient, type Client, type ClientOptions, type Page } from "./client.ts";
export { apiPaths, type ClassFilter, type PageRequest } from "./paths.ts";
export type {
  ClassDetail,
  ClassPage,
  Problem,
  Series,
  SoundtrackAnswer,
  TrackDetail,
  TrackSummary,
  Workout,
  WorkoutBegin,
  WorkoutEnd,
} from "#protocol/api/schemas.ts";
export type { OwnUsage } from "#protocol/api/usage.ts";
export type { Webhook } from "#protocol/api/webhooks.ts";
