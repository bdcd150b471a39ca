import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { PasskeyRequest } from "#protocol/api/passkeys.ts";
import { BackupError } from "#server/backup.ts";
import { SealError } from "#server/ports/sealer.ts";
import { StoreError } from "#server/ports/store.ts";
import { PasskeyNeeded } from "#server/use-cases/passkeys.ts";
import { Refusal, type RefusalKind } from "#server/use-cases/refusal.ts";
import { placeOf, requestOf } from "./passkey-json.ts";

interface ProblemExtras {
  readonly missing?: readonly number[];
  readonly purpose?: string;
  readonly passkey?: PasskeyRequest;
}

const titles: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  405: "Not possible here",
  409: "Not possible now",
  413: "Too large",
  415: "Unknown content type",
  416: "No such range",
  421: "This is not that server",
  422: "The request contradicts an earlier one",
  429: "Too many requests",
  500: "The server failed",
  503: "Not available now",
  507: "No space left",
};

const statusOf: Readonly<Record<RefusalKind, number>> = {
  "not-found": 404,
  conflict: 409,
  invalid: 400,
  unauthorised: 401,
  forbidden: 403,
  "too-many": 429,
  consent: 403,
};

/** Answers with `application/problem+json` (RFC 9457). */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  detail: string,
  extras: ProblemExtras = {},
): FastifyReply {
  const title = titles[status] ?? titles[500];
  const body = JSON.stringify({ type: "about:blank", title, status, detail, ...extras });
  return reply.code(status).header("cache-control", "no-store").type("application/problem+json").send(body);
}

/** Says what is wrong with a request's fields, without repeating their values. */
function validationDetail(error: FastifyError): string {
  const first = error.validation?.[0];
  const where = `${error.validationContext ?? "request"}${first?.instancePath ?? ""}`;
  return `${where} ${first?.message ?? "is not valid"}`;
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) {
    if (error.retryAfterS !== null) reply.header("retry-after", error.retryAfterS);
    const { missing, purpose } = error;
    const extras = { ...(missing && { missing }), ...(purpose !== null && { purpose }) };
    return sendProblem(reply, statusOf[error.kind], error.message, extras);
  }
  if (error instanceof PasskeyNeeded) {
    return sendProblem(reply, 401, error.message, {
      passkey: requestOf(error.question, placeOf(request).hostName),
    });
  }
  if (error instanceof StoreError) {
    request.log.error({ reason: error.reason }, error.message);
    return error.reason === "full"
      ? sendProblem(reply, 507, error.message)
      : sendProblem(reply, 503, "The server cannot reach its data. Its log says why.");
  }
  if (error instanceof BackupError) return sendProblem(reply, 409, error.message);
  if (error instanceof SealError) {
    return sendProblem(reply, 503, "The key that opens this is not in the server's keystore.");
  }
  if (error.validation !== undefined) return sendProblem(reply, 400, validationDetail(error));
  const status = error.statusCode ?? 500;
  if (status < 500) return sendProblem(reply, status, error.message);
  request.log.error({ err: error }, "A request failed");
  return sendProblem(reply, 500, "Something failed in the server. Its log says what.");
}

/** Every failure, thrown or not found, becomes a problem document; none shows a stack. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(answerError);
}
