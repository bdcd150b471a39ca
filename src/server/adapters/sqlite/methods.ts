import type { Store } from "#server/ports/store.ts";

export type StoreParts = Omit<Store, "backup" | "close">;
export type PartName = keyof StoreParts;

/** The same interface, answered at once: what runs inside the database worker. */
export type Synchronous<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never;
};
export type SynchronousParts = { readonly [P in PartName]: Synchronous<StoreParts[P]> };

export type Access = "read" | "write";

/** Every method of the store, and whether it needs a commit. */
export const methods: { readonly [P in PartName]: Readonly<Record<keyof StoreParts[P], Access>> } = {
  tracks: {
    putTrack: "write",
    putFailure: "write",
    getTrack: "read",
    audioPath: "read",
    getCover: "read",
    listTracks: "read",
    trackNames: "read",
    allTracks: "read",
    countTracks: "read",
    getFile: "read",
    allFiles: "read",
    failures: "read",
    removeFile: "write",
  },
  grids: { putGrid: "write", removeGrid: "write", gridsOf: "read" },
  sounds: {
    putSound: "write",
    getSound: "read",
    trackWithAudio: "read",
    tracksWithoutSound: "read",
    soundsLasting: "read",
  },
  people: {
    putPerson: "write",
    getPerson: "read",
    owner: "read",
    everybody: "read",
    removeMember: "write",
    putSession: "write",
    getSession: "read",
    sessionsOf: "read",
    removeSession: "write",
    removeSessionsOf: "write",
    removeExpiredSessions: "write",
    putDevice: "write",
    isDeviceOf: "read",
    putInvitation: "write",
    invitations: "read",
    takeInvitation: "write",
  },
  passkeys: {
    putPasskey: "write",
    passkeyOfCredential: "read",
    passkeysOf: "read",
    removePasskey: "write",
  },
  workouts: {
    putWorkout: "write",
    getWorkout: "read",
    listWorkouts: "read",
    putChunk: "write",
    chunks: "read",
    removeChunks: "write",
    removeWorkout: "write",
    workoutsWithChunks: "read",
  },
  settings: { getSetting: "read", putSetting: "write" },
  athletes: { getAthlete: "read", putAthlete: "write" },
  erasure: { eraseRowsOf: "write" },
  audit: { appendAudit: "write", auditBefore: "read", auditOf: "read" },
  dataKeys: { addDataKey: "write", rewrapDataKey: "write", dataKeysOf: "read" },
  consents: { appendConsent: "write", consentsOf: "read" },
  oauth: {
    putRecord: "write",
    getRecord: "read",
    recordByUid: "read",
    recordByUserCode: "read",
    listRecords: "read",
    consumeRecord: "write",
    removeRecord: "write",
    removeGrant: "write",
    removeExpiredRecords: "write",
  },
  usage: {
    addUsage: "write",
    usageOf: "read",
    removeUsageBefore: "write",
    putAnomaly: "write",
    anomaliesOf: "read",
  },
  webhooks: {
    putWebhook: "write",
    getWebhook: "read",
    webhooksOf: "read",
    removeWebhook: "write",
    addDelivery: "write",
    putDelivery: "write",
    getDelivery: "read",
    dueDeliveries: "read",
    deliveriesOf: "read",
    removeDeliveriesBefore: "write",
  },
  taste: {
    putTaste: "write",
    tasteOf: "read",
    removeTaste: "write",
    earlierTaste: "read",
    forgetEarlierTaste: "write",
  },
  retention: { putRetention: "write", retentionOf: "read", peopleWithRetention: "read" },
  embeddings: { embeddingsOf: "read", putEmbeddings: "write", keepEmbeddings: "write" },
  ownClasses: {
    putOwnClass: "write",
    ownClassesOf: "read",
    removeOwnClass: "write",
    earlierClasses: "read",
    forgetEarlierClasses: "write",
  },
};
