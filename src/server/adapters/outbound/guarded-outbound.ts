import { Agent, setGlobalDispatcher, type Dispatcher } from "undici";
import { OutboundRefused, type AllowedOrigins, type Outbound } from "#server/ports/outbound.ts";
import {
  guardedConnector,
  systemConnector,
  systemResolve,
  type Connector,
  type Resolve,
} from "./guarded-connector.ts";

/** A stranger that is silent for this long is given up. */
const silenceMs = 15_000;
/** What a stranger may send at most; JSON and pages are far smaller, music comes from allowed origins. */
const maxAnswerBytes = 16 * 1024 * 1024;
/** A stranger must be done by then, however steadily it drips. */
const maxAnswerMs = 120_000;

export interface GuardOptions {
  readonly allowed: AllowedOrigins;
  readonly resolve?: Resolve;
  readonly connect?: Connector;
  readonly limits?: { readonly silenceMs: number; readonly answerBytes: number; readonly answerMs: number };
}

export interface GuardedOutbound extends Outbound {
  readonly dispatcher: Dispatcher;
  /** Makes every `fetch` of this process go through the guard, those of libraries included. */
  guardProcess(): void;
  close(): Promise<void>;
}

function urlOf(input: Parameters<typeof fetch>[0]): URL {
  return new URL(typeof input === "string" || input instanceof URL ? input : input.url);
}

function checkUrl(url: URL): void {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new OutboundRefused(`Upbeat fetches over http and https only, not ${url.protocol}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new OutboundRefused("An address with a name or password inside is not fetched.");
  }
}

/** The reason lies under the platform's "fetch failed". */
function reasonOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof OutboundRefused ? cause : error;
}

/** Cuts an answer off that takes too long in all. */
function withTotalTime(handler: Dispatcher.DispatchHandler, limitMs: number): Dispatcher.DispatchHandler {
  let timer: NodeJS.Timeout | undefined;
  const done = (): void => clearTimeout(timer);
  return {
    onRequestStart(controller, context) {
      timer = setTimeout(() => controller.abort(new Error("The answer took too long.")), limitMs);
      timer.unref();
      handler.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd(...args) {
      done();
      handler.onResponseEnd?.(...args);
    },
    onResponseError(...args) {
      done();
      handler.onResponseError?.(...args);
    },
  };
}

/**
 * Requests to strangers, checked where the socket opens: each hop of a redirect and each new connection resolves and
 * is checked again. Origins that the owner allows may be on the local network, and are trusted with size and time.
 */
export function guardedOutbound(options: GuardOptions): GuardedOutbound {
  const { allowed, resolve = systemResolve, connect = systemConnector } = options;
  const limits = options.limits ?? { silenceMs, answerBytes: maxAnswerBytes, answerMs: maxAnswerMs };
  const guarded = guardedConnector({ allowed, resolve, connect });
  const strangers = new Agent({
    connect: guarded,
    headersTimeout: limits.silenceMs,
    bodyTimeout: limits.silenceMs,
    maxResponseSize: limits.answerBytes,
  });
  const trusted = new Agent({ connect: guarded });
  const dispatcher = strangers.compose((dispatch) => (request, handler) => {
    const url = new URL(String(request.origin));
    checkUrl(url);
    if (allowed.has(url.origin)) return trusted.dispatch(request, handler);
    return dispatch(request, withTotalTime(handler, limits.answerMs));
  });
  return {
    dispatcher,
    async fetch(input, init) {
      checkUrl(urlOf(input));
      try {
        return await fetch(input, { ...init, dispatcher });
      } catch (error) {
        throw reasonOf(error);
      }
    },
    guardProcess: () => setGlobalDispatcher(dispatcher),
    async close() {
      await Promise.all([strangers.destroy(), trusted.destroy()]);
    },
  };
}
