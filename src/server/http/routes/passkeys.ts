import {
  NewPasskey,
  PasskeyCreation,
  PasskeyEntry,
  PasskeyRename,
  PasskeyRequest,
  PasskeySignIn,
  PasskeyWish,
  SecondFactor,
} from "#protocol/api/passkeys.ts";
import { Page, SessionInfo } from "#protocol/api/schemas.ts";
import { IdParams, NoContent, type Api } from "../api.ts";
import { signedIn } from "../guards.ts";
import { creationOf, placeOf, requestOf, toPasskeyEntry } from "../passkey-json.ts";
import { deviceOf, toSessionInfo, type SessionRouteParts } from "./session.ts";

const tags = ["session"];

/** The way in: no name, no password, a signature. */
function signInRoutes(app: Api, { signIn, passkeys, cookie }: SessionRouteParts): void {
  app.post(
    "/v1/session/passkey-request",
    {
      config: { open: true },
      schema: { tags, summary: "What a passkey has to sign to sign in", response: { 200: PasskeyRequest } },
    },
    async (request) => requestOf(passkeys.askToSignIn(), placeOf(request).hostName),
  );
  app.post(
    "/v1/session/passkey",
    {
      config: { open: true },
      schema: {
        tags,
        summary: "Sign in with a passkey",
        body: PasskeySignIn,
        response: { 200: SessionInfo },
      },
    },
    async (request, reply) => {
      const person = await passkeys.signIn(placeOf(request), request.body.passkey);
      const browser = { device: deviceOf(request), deviceToken: cookie.getDevice(request) };
      const { token, deviceToken } = await signIn.enter(person, browser);
      cookie.set(request, reply, token);
      cookie.setDevice(request, reply, deviceToken);
      return toSessionInfo(person);
    },
  );
}

/** A new one: asked for with the password, then kept. */
function addRoutes(app: Api, { passkeys }: SessionRouteParts): void {
  app.post(
    "/v1/passkeys/request",
    {
      schema: {
        tags,
        summary: "What a device is asked to make a passkey of; needs your password",
        body: PasskeyWish,
        response: { 200: PasskeyCreation },
      },
    },
    async (request) => {
      const person = signedIn(request);
      const { hostName } = placeOf(request);
      return creationOf(await passkeys.askForNew(person, hostName, request.body.password), person, hostName);
    },
  );
  app.post(
    "/v1/passkeys",
    {
      schema: {
        tags,
        summary: "Add the passkey that was made",
        body: NewPasskey,
        response: { 201: PasskeyEntry },
      },
    },
    async (request, reply) => {
      const { name, passkey } = request.body;
      const added = await passkeys.add(signedIn(request), placeOf(request), name, passkey);
      return reply.code(201).send(toPasskeyEntry(added));
    },
  );
}

export function passkeyRoutes(app: Api, parts: SessionRouteParts): void {
  const { passkeys } = parts;
  signInRoutes(app, parts);
  addRoutes(app, parts);
  app.put(
    "/v1/session/second-factor",
    {
      schema: {
        tags,
        summary: "Ask for a passkey beside the password, or no longer",
        body: SecondFactor,
        response: { 200: SessionInfo },
      },
    },
    async (request) => {
      const { password, asksPasskey } = request.body;
      return toSessionInfo(await passkeys.askBesidePassword(signedIn(request), asksPasskey, password));
    },
  );
  app.get(
    "/v1/passkeys",
    { schema: { tags, summary: "Your passkeys", response: { 200: Page(PasskeyEntry) } } },
    async (request) => {
      const items = (await passkeys.of(signedIn(request).id)).map(toPasskeyEntry);
      return { items, nextCursor: null };
    },
  );
  app.put(
    "/v1/passkeys/:id",
    {
      schema: {
        tags,
        summary: "Call a passkey something else",
        params: IdParams,
        body: PasskeyRename,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      await passkeys.rename(signedIn(request).id, request.params.id, request.body.name);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    "/v1/passkeys/:id",
    { schema: { tags, summary: "Remove a passkey", params: IdParams, response: { 204: NoContent } } },
    async (request, reply) => {
      await passkeys.remove(signedIn(request).id, request.params.id);
      return reply.code(204).send(null);
    },
  );
}
