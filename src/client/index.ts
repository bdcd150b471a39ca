/** What the package "upbeat-client" offers. */
export { ApiError, createClient, type Client, type ClientOptions, type Page } from "./client.ts";
export { apiPaths, type ClassFilter, type PageRequest } from "./paths.ts";
export type {
  ClassDetail,
  ClassPage,
  Problem,
  SoundtrackAnswer,
  TrackDetail,
  TrackSummary,
} from "#protocol/api/schemas.ts";
export type { Series, Workout, WorkoutBegin, WorkoutEnd } from "#protocol/api/workouts.ts";
export type { OwnUsage } from "#protocol/api/usage.ts";
export type { Webhook } from "#protocol/api/webhooks.ts";
