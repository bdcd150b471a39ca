/** One thing of the authorisation server: a client, a grant, a token, an interaction. What it says is sealed. */
export interface OauthRecord {
  /** As "AccessToken" or "Client". */
  readonly model: string;
  /** Hash of its id: an id may itself be a secret. */
  readonly idHash: string;
  readonly grantHash: string | null;
  readonly uidHash: string | null;
  readonly userCodeHash: string | null;
  readonly clientId: string | null;
  readonly personId: string | null;
  readonly expiresAtMs: number | null;
  readonly consumedAtMs: number | null;
  readonly sealed: Uint8Array;
}

export interface OauthStore {
  /** Insert or replace. */
  putRecord(record: OauthRecord): Promise<void>;
  getRecord(model: string, idHash: string): Promise<OauthRecord | null>;
  recordByUid(model: string, uidHash: string): Promise<OauthRecord | null>;
  recordByUserCode(model: string, userCodeHash: string): Promise<OauthRecord | null>;
  /** Every record of a model; of one person where `personId` is given. In no order. */
  listRecords(model: string, personId: string | null): Promise<readonly OauthRecord[]>;
  consumeRecord(model: string, idHash: string, atMs: number): Promise<void>;
  removeRecord(model: string, idHash: string): Promise<void>;
  /** Removes everything that hangs on a grant, the grant itself included. */
  removeGrant(grantHash: string): Promise<void>;
  removeExpiredRecords(nowMs: number): Promise<void>;
}

/** Secrets of the server itself, held outside the data folder like the keys of people. */
export interface ServerSecrets {
  /** The same bytes each time for the same purpose; nothing follows from one purpose about another. */
  derive(purpose: string, bytes: number): Uint8Array;
}
