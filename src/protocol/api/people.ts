/** The JSON of sessions, passwords, people and invitations. */
import { Type, type Static } from "typebox";
import { Signed } from "./passkeys.ts";

const PersonName = Type.String({ minLength: 1, maxLength: 60, pattern: "\\S" });
const Password = Type.String({ minLength: 1, maxLength: 1024 });

/** POST /v1/session: without a name it is the owner who signs in; with a passkey's signature where that was asked for. */
export const SignInRequest = Type.Object({
  name: Type.Optional(PersonName),
  password: Password,
  passkey: Type.Optional(Signed),
});

/** An entry of GET /v1/sessions. */
export const SessionEntry = Type.Object({
  id: Type.String(),
  /** What the browser said it is. */
  device: Type.String(),
  createdAtMs: Type.Number(),
  /** To the hour. */
  lastUsedAtMs: Type.Number(),
  isCurrent: Type.Boolean(),
});
export type SessionEntry = Static<typeof SessionEntry>;

/** PUT /v1/session/password: `current` where one is set. All other sessions end. */
export const PasswordChange = Type.Object({ current: Type.Optional(Password), password: Password });

/** An entry of GET /v1/people. */
export const PersonEntry = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Type.Enum(["owner", "member"]),
});
export type PersonEntry = Static<typeof PersonEntry>;

/** An entry of GET /v1/people/invitations. */
export const InvitationEntry = Type.Object({
  id: Type.String(),
  name: Type.String(),
  expiresAtMs: Type.Number(),
});
export type InvitationEntry = Static<typeof InvitationEntry>;
export const InvitationRequest = Type.Object({ name: PersonName });
/** The answer to an invitation: `path` is the one-time link's, shown once. */
export const Invited = Type.Object({ ...InvitationEntry.properties, path: Type.String() });
export type Invited = Static<typeof Invited>;

/** POST /v1/join: the secret is what follows "#" in the link. */
export const JoinRequest = Type.Object({
  token: Type.String({ minLength: 20, maxLength: 100 }),
  name: PersonName,
  password: Password,
});
