/** Where the server is put together: adapters into use-cases, use-cases into routes. */
import { randomBytes } from "node:crypto";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { workerAnalyser } from "./adapters/analysis/worker-analyser.ts";
import { workerComposer } from "./adapters/composer/worker-composer.ts";
import { diskFolders } from "./adapters/files/disk-folders.ts";
import { webFilesIn } from "./adapters/files/web-files.ts";
import { scryptCredentials } from "./adapters/keys/scrypt-credentials.ts";
import { readNetworks } from "./adapters/networks.ts";
import { workerPlanner } from "./adapters/planner/worker-planner.ts";
import { isEveryAddress, isLoopbackHost, systemClock } from "./adapters/system.ts";
import type { EmbeddingsEndpoint } from "./adapters/embeddings/http-embedder.ts";
import { assembleApps } from "./apps-part.ts";
import { writeBackup } from "./backup.ts";
import { checkAudits } from "./check-audits.ts";
import { createApp } from "./http/app.ts";
import type { Trust } from "./http/routes/trust.ts";
import { cookieNameOf } from "./http/session-cookie.ts";
import { filledLibrary } from "./library-part.ts";
import { assembleMeaning, type MeaningPart } from "./meaning-part.ts";
import { isInside, openDataFolder, type DataFolder } from "./open-data-folder.ts";
import { wirePeople, type PeoplePart } from "./people-part.ts";
import { keepPromises, peoplesOwn } from "./personal-part.ts";
import type { SettingsStore, Store } from "./ports/store.ts";
import { assembleTls } from "./tls-part.ts";
import { createExportPerson } from "./use-cases/export-person.ts";
import { countChanges, type CountedTracks } from "./use-cases/counted-tracks.ts";
import { createDemoLibrary } from "./use-cases/compose-demo-library.ts";
import { createLibraryWatch } from "./use-cases/library-watch.ts";
import type { SoundtrackPlanner } from "./ports/soundtrack-planner.ts";
import type { ClassBook } from "./use-cases/class-book.ts";
import type { KeepTaste } from "./use-cases/keep-taste.ts";
import { createOfferTracks } from "./use-cases/offer-tracks.ts";
import { createPlanSoundtrack } from "./use-cases/plan-soundtrack.ts";
import { createPreviewSoundtrack } from "./use-cases/preview-soundtrack.ts";
import { createRepairGrids, type RepairDeps } from "./use-cases/repair-grids.ts";
import { preferDemoTracks, type PreferDemoParts } from "./use-cases/prefer-demo-tracks.ts";
import { createForbidPairing } from "./use-cases/forbid-pairing.ts";
import { rememberPeople } from "./use-cases/remember-people.ts";
import { createSearchTracks } from "./use-cases/search-tracks.ts";
import { createSearchClasses } from "./use-cases/search-classes.ts";
import type { SignIn } from "./use-cases/sign-in.ts";
import { createShareGrids } from "./use-cases/share-grids.ts";

export interface ServerOptions {
  readonly dataDir: string;
  readonly keysDir: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Music folders to add before the first scan. */
  readonly musicDirs: readonly string[];
  /** Makes the class search compare meanings, too; null: nothing is sent anywhere. */
  readonly embeddings?: EmbeddingsEndpoint | null;
  /** "trace" tells of every request, for tests and the curious; never of a secret. */
  readonly logLevel: "trace" | "warn" | "silent";
}

export interface RunningUpbeat {
  /** Where this machine reaches it, such as "http://127.0.0.1:8120". */
  readonly address: string;
  /** How other machines do; null when it serves this one only. */
  readonly trust: Trust | null;
  readonly dataDir: string;
  readonly tracks: number;
  /** Finishes what was begun, then lets go of port and folder. */
  close(): Promise<void>;
}

/** The server will not start like this; `message` says why and what to do. */
export class StartError extends Error {
  override name = "StartError";
}

const webRoot = fileURLToPath(new URL("../../dist/web", import.meta.url));

/** Tells this folder's cookies from those of another Upbeat on the same machine. */
async function folderIdOf(settings: SettingsStore): Promise<string> {
  const known = await settings.getSetting("folder-id");
  if (typeof known === "string") return known;
  const id = randomBytes(4).toString("hex");
  await settings.putSetting("folder-id", id);
  return id;
}

async function listen(
  app: { listen(options: { host: string; port: number }): Promise<string> },
  { host, port }: ServerOptions,
): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw new StartError(`Port ${port} is taken. Choose another with --port.`);
    if (code === "EACCES") throw new StartError(`Port ${port} needs more rights. Choose one above 1023.`);
    throw new StartError(`Cannot listen on ${host}:${port}: ${message}`);
  }
}

/** Where this machine itself reaches the server. */
function addressOf({ port }: AddressInfo, host: string): string {
  const own = isEveryAddress(host) ? "127.0.0.1" : host;
  return `http://${own.includes(":") ? `[${own}]` : own}:${port}`;
}

/** Where others can reach the server, nobody becomes its owner by being there first. */
async function mustBeClosed(host: string, signIn: SignIn): Promise<void> {
  if (isLoopbackHost(host) || (await signIn.owner()).passwordHash !== null) return;
  throw new StartError(
    `Upbeat listens on ${host} only with a password. Set one first: npm run upbeat -- password`,
  );
}

function peopleOf(store: Store): PeoplePart {
  const credentials = scryptCredentials();
  return wirePeople(store, { credentials, clock: systemClock, challengeKey: randomBytes(32) });
}

/** What people do to beat grids. */
function gridsOver(music: RepairDeps) {
  return { repairGrids: createRepairGrids(music), shareGrids: createShareGrids(music) };
}

function soundtracksOf(
  classes: ClassBook,
  counted: CountedTracks,
  planner: SoundtrackPlanner,
  taste: KeepTaste,
  whileComposing: Omit<PreferDemoParts, "classes" | "planner">,
) {
  const planSoundtrack = createPlanSoundtrack(classes, counted, planner, taste);
  return {
    planSoundtrack: preferDemoTracks(planSoundtrack, { classes, planner, ...whileComposing }),
    offerTracks: createOfferTracks(planSoundtrack, classes, counted, planner, taste),
    previewSoundtrack: createPreviewSoundtrack(counted, planner, taste),
  };
}

function meaningOf(
  { embeddings = null }: ServerOptions,
  store: Store,
  classes: ClassBook,
  warn: (line: string) => void,
): MeaningPart {
  return assembleMeaning(embeddings, {
    store: store.embeddings,
    catalogue: () => classes.builtIn(),
    onFailure: ({ message }) => warn(message),
  });
}

async function assemble(options: ServerOptions, folder: DataFolder) {
  const store = { ...folder.store, people: rememberPeople(folder.store.people) };
  const counted = countChanges(store);
  const watch = createLibraryWatch();
  const people = peopleOf(store);
  const own = await peoplesOwn(store, options.keysDir, counted);
  const { classes } = own;
  const planner = workerPlanner();
  const composer = workerComposer(join(folder.dataDir, "demo"));
  const demo = createDemoLibrary({ tracks: counted.tracks, composer, watch, clock: systemClock });
  const analyser = workerAnalyser();
  const library = filledLibrary({
    tracks: counted.tracks,
    sounds: store.sounds,
    settings: store.settings,
    watch,
    analyser,
    demo,
    onFailure: (error) => app.log.error({ err: error }, "A scan failed"),
  });
  await mustBeClosed(options.host, people.signIn);
  const tls = await assembleTls({ ...options, port: () => (app.server.address() as AddressInfo).port });
  const apps = await assembleApps({
    ...own,
    store,
    keysDir: options.keysDir,
    ...tls,
    onFailure: (error) => app.log.error({ err: error }, "Apps could not be served"),
  });
  const meaning = meaningOf(options, store, classes, (line) => app.log.warn(line));
  await own.adoptEarlier((await people.signIn.owner()).id);
  const app = await createApp({
    ...apps.routes,
    ...people,
    searchClasses: createSearchClasses(classes, own.judge, meaning.meaning),
    tracks: counted.tracks,
    searchTracks: createSearchTracks(counted, own.taste),
    ...gridsOver({ ...counted, sounds: store.sounds, analyser }),
    library,
    watch,
    ...soundtracksOf(classes, counted, planner, own.taste, {
      demo,
      watch,
      onFailure: (error) => app.log.error({ err: error }, "The demo's order could not be changed"),
    }),
    ...own,
    exportPerson: createExportPerson({ ...own, ...own.biometrics, store, apps: apps.routes.apps }),
    control: {
      backup: (path) => writeBackup(store, path),
      setPassword: (password, name) => people.signIn.setPassword(password, name),
      rotateKeys: (name) => own.rotateKeys.named(name),
      checkAudits: () => checkAudits(store),
      serviceAccounts: apps.routes.serviceAccounts,
    },
    ...tls.forApp,
    forbidPairing: await createForbidPairing(store.settings, readNetworks),
    isLoopbackOnly: isLoopbackHost(options.host),
    cookieName: cookieNameOf(await folderIdOf(store.settings)),
    controlToken: folder.controlToken,
    webRoot,
    hasWebFile: webFilesIn(webRoot),
    logLevel: options.logLevel,
  });
  const stopRenewing = tls.keepCurrent(app.server as unknown as Server);
  const stopErasing = await keepPromises(own, app.log);
  app.addHook("onClose", async () => [stopRenewing, stopErasing].forEach((stop) => stop()));
  return { app, library, planner, composer, analyser, apps, meaning, trust: tls.forApp.trust };
}

/**
 * Opens the data folder, listens, and begins to fill the library in the background.
 * @throws StartError, FolderInUseError, StoreError or Refusal (a music folder), each with one clear line.
 */
export async function startServer(options: ServerOptions): Promise<RunningUpbeat> {
  if (isInside(options.keysDir, options.dataDir)) {
    throw new StartError("The keystore must lie outside the data folder. Choose another --keys.");
  }
  for (const path of options.musicDirs) await diskFolders.real(path);
  const folder = await openDataFolder(options.dataDir);
  const closers: (() => Promise<unknown>)[] = [() => folder.close()];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).toReversed()) await closeOne();
  };
  try {
    const { app, library, planner, composer, analyser, apps, meaning, trust } = await assemble(
      options,
      folder,
    );
    closers.push(
      () => meaning.close(),
      () => apps.close(),
      () => planner.close(),
      () => library.settled(),
      () => analyser.close(),
      () => composer.close(),
      () => app.close(),
    );
    await listen(app, options);
    const address = addressOf(app.server.address() as AddressInfo, options.host);
    await folder.announce(address);
    for (const path of options.musicDirs) await library.addFolder(path);
    if (options.musicDirs.length === 0) library.scan();
    meaning.start();
    const { tracks } = await library.state();
    return { address, dataDir: folder.dataDir, tracks, trust, close };
  } catch (error) {
    await close();
    throw error;
  }
}
