/** The few calls of PKCS#11 that a keystore needs, as pkcs11js offers them. It is compiled, so it is no dependency. */
import { SealError } from "#server/ports/sealer.ts";

/** As in pkcs11js; constants beside the calls. */
export interface Pkcs11Module {
  new (): Pkcs11;
}

export interface Attribute {
  readonly type: number;
  readonly value?: Buffer | string | number | boolean;
}

interface Mechanism {
  readonly mechanism: number;
  readonly parameter?: unknown;
}

export interface Pkcs11 {
  load(library: string): void;
  C_Initialize(): void;
  C_Finalize(): void;
  C_GetSlotList(withToken: boolean): readonly Buffer[];
  C_GetTokenInfo(slot: Buffer): { readonly label: string };
  C_OpenSession(slot: Buffer, flags: number): Buffer;
  C_Login(session: Buffer, user: number, pin: string): void;
  C_FindObjectsInit(session: Buffer, template: readonly Attribute[]): void;
  C_FindObjects(session: Buffer, count: number): readonly Buffer[];
  C_FindObjectsFinal(session: Buffer): void;
  C_GenerateKey(session: Buffer, mechanism: Mechanism, template: readonly Attribute[]): Buffer;
  C_CreateObject(session: Buffer, template: readonly Attribute[]): Buffer;
  C_SetAttributeValue(session: Buffer, object: Buffer, template: readonly Attribute[]): void;
  C_DestroyObject(session: Buffer, object: Buffer): void;
  C_EncryptInit(session: Buffer, mechanism: Mechanism, key: Buffer): void;
  C_Encrypt(session: Buffer, plain: Buffer, into: Buffer): Buffer;
  C_DecryptInit(session: Buffer, mechanism: Mechanism, key: Buffer): void;
  C_Decrypt(session: Buffer, sealed: Buffer, into: Buffer): Buffer;
}

export interface LoadedPkcs11 {
  readonly PKCS11: Pkcs11Module;
  readonly [constant: string]: unknown;
}

/** How it comes here: it has to be compiled, so it is not installed with the rest. */
export const installCommand = "npm install --no-save pkcs11js@2.1.7";

/** @throws SealError with the command that installs it, where it is not. */
export async function loadPkcs11(): Promise<LoadedPkcs11> {
  const name = "pkcs11js";
  try {
    return ((await import(name)) as { default: LoadedPkcs11 }).default;
  } catch {
    throw new SealError(`Keys in a token need pkcs11js, which is compiled here: ${installCommand}`);
  }
}
