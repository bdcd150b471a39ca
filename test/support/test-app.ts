/** The whole HTTP side over stores in memory, ready for injected requests. Time stands still until a test moves it. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InjectOptions } from "fastify";
import type { Track } from "#domain/track.ts";
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import type { PeerCertificateOf } from "#server/adapters/ca/peer-certificate.ts";
import { diskFolders } from "#server/adapters/files/disk-folders.ts";
import { webFilesIn } from "#server/adapters/files/web-files.ts";
import { directPlanner } from "#server/adapters/planner/direct-planner.ts";
import { aesSealer } from "#server/adapters/keys/aes-sealer.ts";
import { scryptCredentials } from "#server/adapters/keys/scrypt-credentials.ts";
import { secretsFrom } from "#server/adapters/keys/server-secrets.ts";
import { memoryKeystore } from "#server/adapters/memory/memory-keystore.ts";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import type { SecureContext } from "#server/adapters/tls/secure-server.ts";
import type { Trust } from "#server/http/routes/trust.ts";
import { wirePeople } from "#server/people-part.ts";
import { wireApps } from "#server/apps-part.ts";
import { hostNamesFor } from "#server/adapters/system.ts";
import type { CertificateAuthority } from "#server/ports/certificates.ts";
import type { Outbound } from "#server/ports/outbound.ts";
import { checkAudits } from "#server/check-audits.ts";
import { UnusableFileError, type Analyser } from "#server/ports/analyser.ts";
import { createApp } from "#server/http/app.ts";
import { createAllowOrigins } from "#server/use-cases/allow-origins.ts";
import { wordingOf } from "#domain/consent.ts";
import { createAuditTrail } from "#server/use-cases/audit.ts";
import { createExportPerson } from "#server/use-cases/export-person.ts";
import { auditHash } from "#server/adapters/audit-hash.ts";
import { zipArchive } from "#server/adapters/archive/zip-archive.ts";
import { countChanges } from "#server/use-cases/counted-tracks.ts";
import { createLibraryWatch } from "#server/use-cases/library-watch.ts";
import { createLibrary } from "#server/use-cases/library.ts";
import { createPersonal } from "#server/use-cases/personal.ts";
import { createOfferTracks } from "#server/use-cases/offer-tracks.ts";
import { createPlanSoundtrack } from "#server/use-cases/plan-soundtrack.ts";
import { createRepairGrids } from "#server/use-cases/repair-grids.ts";
import { createPreviewSoundtrack } from "#server/use-cases/preview-soundtrack.ts";
import type { Store } from "#server/ports/store.ts";
import { readNetworks } from "#server/adapters/networks.ts";
import { createForbidPairing } from "#server/use-cases/forbid-pairing.ts";
import { rememberPeople } from "#server/use-cases/remember-people.ts";
import { createSearchTracks } from "#server/use-cases/search-tracks.ts";
import { createSearchClasses } from "#server/use-cases/search-classes.ts";
import type { ClassMeaning } from "#server/use-cases/class-meaning.ts";
import { createShareGrids } from "#server/use-cases/share-grids.ts";

export const testHost = "127.0.0.1:8120";
export const controlToken = "control-token-of-the-test";
const cheapScryptN = 2 ** 10;
export const startMs = 1_790_000_000_000;

export interface TestAppOptions {
  /** Answers instead of the analysis of a file; without, every file is unusable. */
  readonly analyse?: Analyser["analyse"];
  /** Where everything is kept; without one in memory. Closed with the app. */
  readonly store?: Store;
  readonly isLoopbackOnly?: boolean;
  /** The owner has said that workouts may be kept; most tests are about what follows. */
  readonly keepsWorkouts?: boolean;
  /** With it the app can listen for TLS. */
  readonly secureContext?: SecureContext | null;
  readonly peerCertificate?: PeerCertificateOf;
  readonly trust?: Trust | null;
  readonly authority?: () => Promise<CertificateAuthority | null>;
  /** The way out; without one nothing answers. */
  readonly outbound?: Outbound;
  /** Compares sentences with classes; without one words and feel rank alone. */
  readonly meaning?: Pick<ClassMeaning, "nearnessTo"> | null;
}

/** The demo's profiles as tracks of the store. */
export function demoTracks(): Track[] {
  return demoPlannerTracks().map((track) => ({
    id: track.id,
    source: "demo",
    title: track.title,
    artist: track.artist,
    album: null,
    genre: null,
    year: null,
    hasCover: false,
    profile: {
      tempoBpm: track.tempoBpm,
      tempoConfidence: 1,
      confident: true,
      key: track.key,
      keyConfidence: 1,
      loudnessLufs: -14,
      truePeakDbtp: -1,
      energy: track.energy,
      durationS: track.durationS,
      beatsS: track.beatsS ?? [],
      downbeatsS: track.downbeatsS ?? [],
    },
  }));
}

const nowhere: Outbound = { fetch: () => Promise.reject(new TypeError("fetch failed")) };
async function unusable(): Promise<never> {
  throw new UnusableFileError("it is not there");
}

export async function createTestApp({
  store: kept = memoryStore(),
  isLoopbackOnly = true,
  keepsWorkouts = true,
  outbound = nowhere,
  meaning = null,
  analyse = unusable,
  secureContext = null,
  peerCertificate = () => null,
  authority = async () => null,
  trust = null,
}: TestAppOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "upbeat-app-"));
  const webRoot = join(folder, "web");
  mkdirSync(join(webRoot, "assets"), { recursive: true });
  writeFileSync(join(webRoot, "index.html"), "<!doctype html><title>Upbeat</title>");
  writeFileSync(join(webRoot, "service-worker.js"), "// worker");
  writeFileSync(join(webRoot, "assets", "main-3f2a.js"), "// app");
  writeFileSync(join(folder, "secret.txt"), "outside the web root");

  const store = { ...kept, people: rememberPeople(kept.people) };
  const keystore = memoryKeystore();
  const time = { nowMs: startMs };
  const clock = { nowMs: () => time.nowMs };
  const sealer = aesSealer(keystore, store.dataKeys);
  const watch = createLibraryWatch();
  const credentials = scryptCredentials(cheapScryptN);
  const people = wirePeople(store, { credentials, clock, challengeKey: new Uint8Array(32) });
  const { signIn, household } = people;
  const audit = createAuditTrail(store.audit, clock, auditHash);
  const counted = countChanges(store);
  const { consents, erasures, biometrics, taste, classes, rotateKeys, recommend, judge } = createPersonal({
    store,
    sealer,
    audit,
    library: counted,
    clock,
  });
  const planner = directPlanner("quick");
  const hostNames = new Set(hostNamesFor("127.0.0.1"));
  const fills: (readonly string[])[] = [];
  const allowOrigins = await createAllowOrigins(store.settings);
  const parts = wireApps({
    store,
    audit,
    consents,
    secrets: secretsFrom(new Uint8Array(32)),
    allowOrigins,
    outbound,
    clock,
    peerCertificate,
    authority,
  });
  const planSoundtrack = createPlanSoundtrack(classes, counted, planner, taste);
  const music = { ...counted, sounds: store.sounds, analyser: { analyse } };
  const app = await createApp({
    ...parts,
    clock,
    ...people,
    classes,
    searchClasses: createSearchClasses(classes, judge, meaning),
    searchTracks: createSearchTracks(counted, taste),
    tracks: counted.tracks,
    repairGrids: createRepairGrids(music),
    shareGrids: createShareGrids(music),
    library: createLibrary({
      tracks: counted.tracks,
      settings: store.settings,
      watch,
      folders: diskFolders,
      fill: async (folders) => {
        fills.push(folders);
      },
      onFailure: () => {},
    }),
    watch,
    planSoundtrack,
    offerTracks: createOfferTracks(planSoundtrack, classes, counted, planner, taste),
    previewSoundtrack: createPreviewSoundtrack(counted, planner, taste),
    consents,
    erasures,
    biometrics,
    audit,
    exportPerson: createExportPerson({
      ...biometrics,
      consents,
      audit,
      taste,
      classes,
      store,
      apps: parts.apps,
    }),
    writeArchive: zipArchive,
    rotateKeys,
    taste,
    recommend,
    control: {
      backup: (path) => store.backup(path),
      setPassword: (password, name) => signIn.setPassword(password, name),
      rotateKeys: (name) => rotateKeys.named(name),
      checkAudits: () => checkAudits(store),
      serviceAccounts: parts.serviceAccounts,
    },
    hostNames,
    secureContext,
    peerCertificate,
    trust,
    forbidPairing: await createForbidPairing(store.settings, readNetworks),
    isLoopbackOnly,
    cookieName: "upbeat-test",
    controlToken,
    webRoot,
    hasWebFile: webFilesIn(webRoot),
    logLevel: "silent",
  });

  const owner = await signIn.owner();
  if (keepsWorkouts) {
    await consents.decide(owner.id, "keep-biometrics", true, wordingOf("keep-biometrics").version);
  }
  const { token } = await signIn.open(owner);
  const cookie = `upbeat-test=${token}`;
  /** Without a session. */
  const visit = (request: InjectOptions) =>
    app.inject({ ...request, headers: { host: testHost, ...request.headers } });
  /** As the owner. */
  const ask = (request: InjectOptions) => visit({ ...request, headers: { cookie, ...request.headers } });
  return {
    app,
    store,
    keystore,
    hostNames,
    watch,
    signIn,
    household,
    consents,
    erasures,
    biometrics,
    sealer,
    ...parts,
    audit,
    time,
    folder,
    fills,
    owner,
    cookie,
    visit,
    ask,
    tracks: counted.tracks,
    async close() {
      await app.close();
      await kept.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof createTestApp>>;
