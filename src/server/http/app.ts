import cookies from "@fastify/cookie";
import files from "@fastify/static";
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastify, { type FastifyServerFactory, type RawServerDefault } from "fastify";
import { Value } from "typebox/value";
import type { PeerCertificateOf } from "#server/adapters/ca/peer-certificate.ts";
import type { OauthServer } from "#server/adapters/oauth/oauth-server.ts";
import { createSecureServer, type SecureContext } from "#server/adapters/tls/secure-server.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { KeptAnswers } from "#server/ports/kept-answers.ts";
import type { LibraryWatch } from "#server/ports/library-watch.ts";
import type { TrackStore } from "#server/ports/store.ts";
import type { ClassBook } from "#server/use-cases/class-book.ts";
import type { AllowOrigins } from "#server/use-cases/allow-origins.ts";
import type { BiometricsOfEverybody } from "#server/use-cases/biometrics/index.ts";
import type { Consents } from "#server/use-cases/consents.ts";
import type { WriteArchive } from "#server/ports/archive.ts";
import type { AuditTrail } from "#server/use-cases/audit.ts";
import type { ExportPerson } from "#server/use-cases/export-person.ts";
import type { Erasures } from "#server/use-cases/erasure.ts";
import type { ReportApps } from "#server/use-cases/app-report.ts";
import type { ForbidPairing } from "#server/use-cases/forbid-pairing.ts";
import type { ConnectedApps } from "#server/use-cases/connected-apps.ts";
import type { MeterApps } from "#server/use-cases/meter-apps.ts";
import { tellWhenFinished } from "#server/use-cases/tell-when-finished.ts";
import type { Webhooks } from "#server/use-cases/webhooks.ts";
import type { Household } from "#server/use-cases/household.ts";
import type { KeepTaste } from "#server/use-cases/keep-taste.ts";
import type { Passkeys } from "#server/use-cases/passkeys.ts";
import type { Library } from "#server/use-cases/library.ts";
import type { SearchTracks } from "#server/use-cases/search-tracks.ts";
import type { OfferTracks } from "#server/use-cases/offer-tracks.ts";
import type { PlanSoundtrack } from "#server/use-cases/plan-soundtrack.ts";
import type { PreviewSoundtrack } from "#server/use-cases/preview-soundtrack.ts";
import type { RecommendClasses } from "#server/use-cases/recommend-classes.ts";
import type { RepairGrids } from "#server/use-cases/repair-grids.ts";
import type { RotateKeys } from "#server/use-cases/rotate-keys.ts";
import type { SearchClasses } from "#server/use-cases/search-classes.ts";
import type { ShareGrids } from "#server/use-cases/share-grids.ts";
import type { SignIn } from "#server/use-cases/sign-in.ts";
import type { Api } from "./api.ts";
import { registerConditional } from "./conditional.ts";
import { registerFairUse } from "./fair-use.ts";
import { registerGuards } from "./guards.ts";
import { registerIdempotency } from "./idempotency.ts";
import { registerOpenApi } from "./openapi.ts";
import { registerProblems, sendProblem } from "./problems.ts";
import { appRoutes } from "./routes/apps.ts";
import { athleteRoutes } from "./routes/athlete.ts";
import { classRoutes } from "./routes/classes.ts";
import { consentRoutes } from "./routes/consents.ts";
import { controlRoutes, type Control } from "./routes/control.ts";
import { erasureRoutes } from "./routes/erasure.ts";
import { gridRoutes } from "./routes/grids.ts";
import { healthRoutes } from "./routes/health.ts";
import { libraryRoutes } from "./routes/library.ts";
import { oauthRoutes } from "./routes/oauth.ts";
import { outboundRoutes } from "./routes/outbound.ts";
import { pairingRoutes } from "./routes/pairing.ts";
import { ownClassRoutes } from "./routes/own-classes.ts";
import { programmeRoutes } from "./routes/programmes.ts";
import { passkeyRoutes } from "./routes/passkeys.ts";
import { peopleRoutes } from "./routes/people.ts";
import { recommendationRoutes } from "./routes/recommendations.ts";
import { retentionRoutes } from "./routes/retention.ts";
import { rightsRoutes } from "./routes/rights.ts";
import { sessionRoutes } from "./routes/session.ts";
import { soundtrackRoutes } from "./routes/soundtracks.ts";
import { tasteImportRoutes } from "./routes/taste-imports.ts";
import { tasteRoutes } from "./routes/taste.ts";
import { trackRoutes } from "./routes/tracks.ts";
import { trustRoutes, type Trust } from "./routes/trust.ts";
import { usageRoutes } from "./routes/usage.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import { workoutRoutes } from "./routes/workouts.ts";
import { registerSecurityHeaders } from "./security-headers.ts";
import { sessionCookie } from "./session-cookie.ts";
import { registerSite } from "./static-site.ts";

export interface AppOptions {
  readonly signIn: SignIn;
  readonly classes: ClassBook;
  readonly searchClasses: SearchClasses;
  readonly tracks: TrackStore;
  readonly repairGrids: RepairGrids;
  readonly shareGrids: ShareGrids;
  readonly library: Library;
  readonly watch: LibraryWatch;
  readonly planSoundtrack: PlanSoundtrack;
  readonly offerTracks: OfferTracks;
  readonly searchTracks: SearchTracks;
  readonly previewSoundtrack: PreviewSoundtrack;
  readonly oauth: OauthServer;
  readonly apps: ConnectedApps;
  readonly meter: MeterApps;
  readonly reportApps: ReportApps;
  readonly webhooks: Webhooks;
  readonly keptAnswers: KeptAnswers;
  readonly taste: KeepTaste;
  readonly clock: Clock;
  readonly recommend: RecommendClasses;
  readonly allowOrigins: AllowOrigins;
  readonly forbidPairing: ForbidPairing;
  readonly passkeys: Passkeys;
  readonly household: Household;
  readonly consents: Consents;
  readonly erasures: Erasures;
  readonly audit: AuditTrail;
  readonly exportPerson: ExportPerson;
  readonly writeArchive: WriteArchive;
  readonly rotateKeys: RotateKeys;
  readonly biometrics: BiometricsOfEverybody;
  readonly control: Control;
  readonly hostNames: ReadonlySet<string>;
  /** With it the server speaks TLS, and serves other machines over nothing else. */
  readonly secureContext: SecureContext | null;
  readonly peerCertificate: PeerCertificateOf;
  readonly trust: Trust | null;
  readonly isLoopbackOnly: boolean;
  readonly cookieName: string;
  readonly controlToken: string;
  readonly webRoot: string;
  readonly hasWebFile: (path: string) => Promise<boolean>;
  readonly logLevel: "trace" | "warn" | "silent";
}

/** What a request without a limit of its own may carry. A full chunk of 600 rows is about 90 kB. */
const maxBodyBytes = 256 * 1024;
/** A client that has not finished its request after this long is cut off. */
const requestTimeoutMs = 60_000;
/** As Fastify has it for its own servers. */
const keepAliveTimeoutMs = 72_000;

/** Bodies are checked as they are, then stripped of what the schema does not declare. */
const validatorCompiler: typeof TypeBoxValidatorCompiler = (route) => {
  const check = TypeBoxValidatorCompiler(route);
  if (route.httpPart !== "body") return check;
  return (value: unknown) => {
    const result = check(value) as { value?: unknown; error?: Error };
    return "value" in result ? { value: Value.Clean(route.schema, result.value) } : result;
  };
};

function secureServer(context: SecureContext): FastifyServerFactory {
  const timeouts = { requestTimeout: requestTimeoutMs, keepAliveTimeout: keepAliveTimeoutMs };
  return (handler) => createSecureServer(context, timeouts, handler);
}

function createFastify({ logLevel, secureContext }: AppOptions): Api {
  return fastify<RawServerDefault>({
    ...(secureContext !== null && { serverFactory: secureServer(secureContext) }),
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: true,
    frameworkErrors: (_error, _request, reply) => {
      sendProblem(reply, 400, "This address is not valid.");
    },
    routerOptions: { maxParamLength: 256 },
    logger: {
      level: logLevel,
      stream: process.stderr,
      // Queries carry codes and what people search for; headers carry cookies and tokens.
      serializers: { req: ({ method, url }) => ({ method, path: url.split("?", 1)[0] ?? "" }) },
      redact: ["err.body"],
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
}

/** The HTTP side of the server, ready to listen or to be injected with requests. */
export async function createApp(options: AppOptions): Promise<Api> {
  const app = createFastify(options);
  app.setValidatorCompiler(validatorCompiler);
  app.removeContentTypeParser("text/plain");
  registerProblems(app);
  registerSecurityHeaders(app, options.forbidPairing);
  await app.register(cookies);
  registerGuards(app, { ...options, isTls: options.secureContext !== null });
  registerFairUse(app, options.meter);
  registerConditional(app);
  registerIdempotency(app, options.keptAnswers);
  await app.register(files, { serve: false, root: options.webRoot });
  await registerOpenApi(app);

  const cookie = sessionCookie(options.cookieName);
  healthRoutes(app);
  sessionRoutes(app, { ...options, cookie });
  passkeyRoutes(app, { ...options, cookie });
  classRoutes(app, options.classes, options.searchClasses);
  ownClassRoutes(app, options.classes, options.previewSoundtrack);
  programmeRoutes(app, options.classes, options.biometrics.reader);
  trackRoutes(app, options);
  tasteRoutes(app, options.taste, options.tracks);
  tasteImportRoutes(app, options.taste, options.clock);
  recommendationRoutes(app, options.recommend);
  gridRoutes(app, options);
  libraryRoutes(app, options.library, options.watch);
  soundtrackRoutes(app, options.planSoundtrack, options.offerTracks);
  await oauthRoutes(app, options.oauth, options.apps);
  appRoutes(app, options.apps);
  usageRoutes(app, options);
  webhookRoutes(app, options.webhooks);
  outboundRoutes(app, options.allowOrigins);
  pairingRoutes(app, options.forbidPairing);
  peopleRoutes(app, { ...options, cookie });
  consentRoutes(app, options.consents);
  erasureRoutes(app, options.erasures);
  retentionRoutes(app, options.biometrics.retention);
  rightsRoutes(app, options);
  athleteRoutes(app, options.biometrics);
  workoutRoutes(app, {
    ...options.biometrics,
    workouts: tellWhenFinished(options.biometrics.workouts, options.webhooks),
  });
  trustRoutes(app, options.trust);
  controlRoutes(app, options.control);
  registerSite(app, { ...options, cookie, root: options.webRoot, hasFile: options.hasWebFile });
  return app;
}
