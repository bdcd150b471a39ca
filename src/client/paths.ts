/** Addresses of /v1, in one place. Empty parameters are left out. */
type QueryParameters = Readonly<Record<string, string | number | true | null | undefined>>;

function withQuery(path: string, parameters: QueryParameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

const id = encodeURIComponent;
const appsPath = (of: "mine" | "server") => (of === "mine" ? "/v1/apps" : "/v1/registered-apps");

export interface ClassFilter {
  readonly query?: string;
  readonly sport?: string;
  readonly intensity?: string;
  readonly minMinutes?: number;
  readonly maxMinutes?: number;
  readonly own?: true;
}

export interface TrackFilter {
  /** Only tracks whose grid is sure, or only unsure ones. */
  readonly confident?: boolean | undefined;
  readonly query?: string;
}

export interface PageRequest {
  readonly limit?: number;
  readonly cursor?: string | null;
}

export const apiPaths = {
  session: "/v1/session",
  athlete: "/v1/athlete",
  classes: (filter: ClassFilter, page: PageRequest & { readonly utcOffsetMinutes: number }) =>
    withQuery("/v1/classes", { ...filter, ...page }),
  class: (classId: string) => `/v1/classes/${id(classId)}`,
  similarClasses: (classId: string) => `/v1/classes/${id(classId)}/similar`,
  classFile: (classId: string, format: string) => withQuery(`/v1/classes/${id(classId)}/file`, { format }),
  recommendations: (hardness: string | null, utcOffsetMinutes: number) =>
    withQuery("/v1/recommendations", { hardness, utcOffsetMinutes }),
  programmes: "/v1/programmes",
  programme: (programmeId: string) => `/v1/programmes/${id(programmeId)}`,
  apps: (of: "mine" | "server", page: PageRequest) => withQuery(appsPath(of), { ...page }),
  app: (of: "mine" | "server", appId: string) => `${appsPath(of)}/${id(appId)}`,
  appReport: (of: "mine" | "server", appId: string) => `${appsPath(of)}/${id(appId)}/report`,
  appTiers: "/v1/app-tiers",
  /** Of the app whose token asks. */
  usage: "/v1/usage",
  pairing: "/v1/pairing",
  webhooks: (page: PageRequest = {}) => withQuery("/v1/webhooks", { ...page }),
  webhook: (webhookId: string) => `/v1/webhooks/${id(webhookId)}`,
  deliveries: (state: string, page: PageRequest) => withQuery("/v1/webhooks/deliveries", { state, ...page }),
  retryDelivery: (deliveryId: string) => `/v1/webhooks/deliveries/${id(deliveryId)}/retry`,
  retryDeliveries: "/v1/webhooks/deliveries/retry",
  consentLedger: (page: PageRequest) => withQuery("/v1/consents/ledger", { ...page }),
  audit: (page: PageRequest) => withQuery("/v1/audit", { ...page }),
  soundtracks: "/v1/soundtracks",
  soundtrackAlternatives: "/v1/soundtracks/alternatives",
  soundtrackPreview: "/v1/soundtracks/preview",
  tracks: (page: PageRequest, { confident, query }: TrackFilter = {}) =>
    withQuery("/v1/tracks", {
      ...page,
      query,
      confident: confident === undefined ? null : String(confident),
    }),
  track: (trackId: string) => `/v1/tracks/${id(trackId)}`,
  trackAudio: (trackId: string) => `/v1/tracks/${id(trackId)}/audio`,
  trackCover: (trackId: string) => `/v1/tracks/${id(trackId)}/cover`,
  trackTaste: (trackId: string) => `/v1/tracks/${id(trackId)}/taste`,
  tasteSignals: (page: PageRequest) => withQuery("/v1/taste/signals", { ...page }),
  tasteArtists: "/v1/taste/artists",
  tasteForget: "/v1/taste/forget",
  tasteReset: "/v1/taste/reset",
  tasteImports: "/v1/taste/imports",
  tasteImport: (importId: string) => `/v1/taste/imports/${id(importId)}`,
  trackGrid: (trackId: string) => `/v1/tracks/${id(trackId)}/beat-grid`,
  trackAnalysedGrid: (trackId: string) => `/v1/tracks/${id(trackId)}/beat-grid/analysed`,
  trackGridFile: (trackId: string) => `/v1/tracks/${id(trackId)}/beat-grid/file`,
  trackAnalysis: (trackId: string) => `/v1/tracks/${id(trackId)}/analysis`,
  gridFiles: "/v1/beat-grids",
  library: "/v1/library",
  libraryEvents: "/v1/library/events",
  libraryFolders: "/v1/library/folders",
  libraryScan: "/v1/library/scan",
  workouts: (page: PageRequest) => withQuery("/v1/workouts", { ...page }),
  workout: (workoutId: string) => `/v1/workouts/${id(workoutId)}`,
  workoutSeries: (workoutId: string) => `/v1/workouts/${id(workoutId)}/series`,
  workoutFit: (workoutId: string) => `/v1/workouts/${id(workoutId)}/fit`,
} as const;
