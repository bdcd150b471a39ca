/**
 * The JSON of /v1, in one place. The server validates requests and strips responses with these schemas, the web app
 * takes its types from them, and `/v1/openapi.json` is made of them.
 */
import { Type, type Static } from "typebox";
import { PasskeyRequest } from "./passkeys.ts";

export const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
export const Name = Type.String({ minLength: 1, maxLength: 200 });
const Ratio = Type.Number({ minimum: 0, maximum: 1 });
export const TimeS = Type.Number({ minimum: 0 });

export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  /** Sequence numbers of chunks that are not there yet (409 of a workout's end). */
  missing: Type.Optional(Type.Array(Type.Integer())),
  /** What the person has not allowed (403); see /v1/consents. */
  purpose: Type.Optional(Type.String()),
  /** What a passkey has to sign for the same sign-in to go on (401). */
  passkey: Type.Optional(PasskeyRequest),
});
export type Problem = Static<typeof Problem>;

/** GET /v1/session; POST /v1/session {password}; DELETE /v1/session */
export const SessionInfo = Type.Object({
  personId: Type.String(),
  name: Type.String(),
  role: Type.Union([Type.Literal("owner"), Type.Literal("member")]),
  passwordSet: Type.Boolean(),
  /** A passkey is asked for beside the password. */
  asksPasskey: Type.Boolean(),
});

export const Ramp = Type.Object({ from: Type.Number(), to: Type.Number() });
export const Sport = Type.Enum(["cycling", "running", "walking", "rowing", "strength", "mobility"]);
export const Block = Type.Object({
  startS: TimeS,
  durationS: TimeS,
  kind: Type.String(),
  label: Type.String(),
  cadence: nullable(Ramp),
  power: nullable(Ramp),
  hrZone: nullable(Type.Number()),
  rpe: nullable(Type.Number()),
  energy: Ramp,
});
export const Cue = Type.Object({ atS: TimeS, text: Type.String() });

/** One entry of GET /v1/classes: enough for a card with its profile drawn. */
export const ClassSummary = Type.Object({
  id: Type.String(),
  title: Type.String(),
  sport: Type.String(),
  durationS: TimeS,
  intensity: Type.String(),
  level: Type.String(),
  family: Type.String(),
  equipment: Type.Array(Type.String()),
  lowImpact: Type.Boolean(),
  description: Type.String(),
  score: Type.Number(),
  why: Type.Array(Type.String()),
  blocks: Type.Array(Block),
});
export type ClassSummary = Static<typeof ClassSummary>;

/** A file on the athlete's own device by name and size, or an address that their browser loads. */
export const ClassVideo = Type.Union([
  Type.Object({ fileName: Type.String(), sizeBytes: Type.Number(), offsetS: TimeS }),
  Type.Object({ url: Type.String(), offsetS: TimeS }),
]);

/** GET /v1/classes/{id} */
export const ClassDetail = Type.Object({
  ...ClassSummary.properties,
  cues: Type.Array(Cue),
  citation: nullable(Type.String()),
  video: Type.Optional(ClassVideo),
  /** What the class asks of its music as a whole. */
  music: Type.Object({ mood: Type.String(), arc: Type.String() }),
});
export type ClassDetail = Static<typeof ClassDetail>;

/** GET /v1/classes?query=&sport=&minMinutes=&maxMinutes=&intensity=&own=&limit=&cursor= (open without a session) */
export const ClassQuery = Type.Object({
  query: Type.Optional(Type.String({ maxLength: 300 })),
  sport: Type.Optional(Type.String({ maxLength: 20 })),
  intensity: Type.Optional(Type.String({ maxLength: 20 })),
  minMinutes: Type.Optional(Type.Number({ minimum: 0, maximum: 1000 })),
  maxMinutes: Type.Optional(Type.Number({ minimum: 0, maximum: 1000 })),
  own: Type.Optional(Type.Boolean()),
  /** Local time minus UTC: what suits a person now goes by the clock on the wall. */
  utcOffsetMinutes: Type.Optional(Type.Integer({ minimum: -840, maximum: 840 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
});

export const BeatGrid = Type.Object({
  beatsS: Type.Array(Type.Number()),
  downbeatsS: Type.Array(Type.Number()),
});

/** One entry of GET /v1/tracks (`limit`, `cursor`, `confident`): the profile without its grid. */
export const TrackSummary = Type.Object({
  id: Type.String(),
  title: Type.String(),
  artist: Type.String(),
  album: nullable(Type.String()),
  genre: nullable(Type.String()),
  year: nullable(Type.Number()),
  source: Type.Union([Type.Literal("demo"), Type.Literal("library")]),
  /** How much the person who asks likes it; why is told by /v1/tracks/{id}/taste. */
  taste: Ratio,
  /** The person never wants to hear it. */
  banned: Type.Boolean(),
  hasCover: Type.Boolean(),
  durationS: TimeS,
  tempoBpm: Type.Number(),
  tempoConfidence: Ratio,
  confident: Type.Boolean(),
  key: nullable(Type.String()),
  keyConfidence: Ratio,
  loudnessLufs: Type.Number(),
  truePeakDbtp: Type.Number(),
  energy: Ratio,
  /** An estimate from tempo, energy and key: valence 0 dark .. 1 bright, arousal 0 calm .. 1 driving, and words for them. */
  mood: Type.Object({ valence: Ratio, arousal: Ratio, words: Type.Array(Type.String()) }),
  /** Who says where the beats are: analysis, the person who edited them here, or a grid file. */
  gridOrigin: Type.Union([Type.Literal("analysed"), Type.Literal("edited"), Type.Literal("imported")]),
});
export type TrackSummary = Static<typeof TrackSummary>;
/** GET /v1/tracks/{id}. Also: /audio (ranges), /cover, /beat-grid -> BeatGrid (see grids.ts). /taste: see taste.ts. */
export const TrackDetail = Type.Object({ ...TrackSummary.properties, ...BeatGrid.properties });
export type TrackDetail = Static<typeof TrackDetail>;

/** GET /v1/library; progress also as server-sent events `progress` at GET /v1/library/events */
export const LibraryProgress = Type.Object({
  state: Type.Union([Type.Literal("idle"), Type.Literal("composing"), Type.Literal("scanning")]),
  done: Type.Integer(),
  total: Type.Integer(),
  failed: Type.Integer(),
  tracksPerMinute: Type.Number(),
  secondsLeft: nullable(Type.Number()),
  current: nullable(Type.String()),
});
export const LibraryFailure = Type.Object({ path: Type.String(), reason: Type.String() });
export const LibraryInfo = Type.Object({
  folders: Type.Array(Type.String()),
  tracks: Type.Integer(),
  demo: Type.Boolean(),
  progress: LibraryProgress,
  failures: Type.Array(LibraryFailure),
});
export type LibraryInfo = Static<typeof LibraryInfo>;
/** POST /v1/library/folders {path}: adds a music folder of the server's machine and scans it. POST /v1/library/scan: scans again. */
export const FolderRequest = Type.Object({ path: Type.String({ minLength: 1, maxLength: 4096 }) });

export const Slot = Type.Object({
  startS: TimeS,
  endS: TimeS,
  trackId: Type.String(),
  sourceStartS: TimeS,
  tempoRatio: Type.Number(),
  stretch: Type.Number(),
  why: Type.Array(Type.String()),
});
export const SoundtrackMetrics = Type.Object({
  timeWithin4Pct: Type.Number(),
  timeWithin8Pct: Type.Number(),
  meanStretchPct: Type.Number(),
  energyCorrelation: Type.Number(),
  keyCompatiblePct: Type.Number(),
  repeats: Type.Integer(),
});
/** At class time `atS` this track shall sound. */
export const Swap = Type.Object({ atS: TimeS, trackId: Name });
/** More than a class of six hours has slots are not worth planning one by one. */
const maxSwaps = 100;
/** POST /v1/soundtracks {classId, seed?, fromS?, exclude?, swaps?}; see swaps.ts for what there is to swap in. */
export const SoundtrackRequest = Type.Object({
  classId: Name,
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 })),
  fromS: Type.Optional(TimeS),
  exclude: Type.Optional(Type.Array(Name, { maxItems: 10_000 })),
  swaps: Type.Optional(Type.Array(Swap, { maxItems: maxSwaps })),
});
/** `swaps` are those it honours: one whose track is not there, or cannot sound then, is left out. `tracks` carries every track of the slots, with its grid: what a browser needs to play and re-plan without the network.
 * `missing` says in plain sentences what music the library lacks for the class; empty when it has enough. */
export const SoundtrackAnswer = Type.Object({
  classId: Type.String(),
  slots: Type.Array(Slot),
  metrics: SoundtrackMetrics,
  missing: Type.Array(Type.String()),
  swaps: Type.Array(Swap),
  cost: Type.Number(),
  lowerBound: Type.Number(),
  gapPct: Type.Number(),
  tracks: Type.Array(TrackDetail),
});
export type SoundtrackAnswer = Static<typeof SoundtrackAnswer>;

/** Every list. */
export const Page = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String()) });

/** What was understood of a search: the part of the sentence from `spanStart` to `spanEnd`; taking it out removes it. */
export const SearchChip = Type.Object({
  kind: Type.String(),
  label: Type.String(),
  spanStart: Type.Integer(),
  spanEnd: Type.Integer(),
});
export type SearchChip = Static<typeof SearchChip>;
/** The answer of GET /v1/classes. */
export const ClassPage = Type.Object({
  ...Page(ClassSummary).properties,
  chips: Type.Array(SearchChip),
  /** Whether what the person did lately has a say in the order (the consent "recommend"); to an app it never has. */
  usesWorkouts: Type.Boolean(),
});
export type ClassPage = Static<typeof ClassPage>;
