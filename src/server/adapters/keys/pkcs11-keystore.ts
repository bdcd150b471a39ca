/**
 * Keys of people in a PKCS#11 token: a smart card, a security module, a TPM behind a PKCS#11 library, SoftHSM. Each is an
 * AES-256 key, made in the token or moved there, that cannot leave it; the token itself wraps and unwraps data keys with AES-GCM.
 */
import { randomBytes } from "node:crypto";
import { SealError, type Keystore } from "#server/ports/sealer.ts";
import { keyBytes } from "./aes-gcm.ts";
import { unwrapKey, wrapContext } from "./key-wrap.ts";
import { loadPkcs11, type Attribute, type LoadedPkcs11, type Pkcs11 } from "./pkcs11-module.ts";

export interface TokenAddress {
  /** Path of the token's PKCS#11 library. */
  readonly library: string;
  /** Label of the token. */
  readonly token: string;
  readonly pin: string;
}

const ivBytes = 12;
const tagBits = 128;
const overheadBytes = ivBytes + tagBits / 8;
/** Keys of a person; more are never there than one and the one before. */
const maxFound = 10;
const currentLabel = "upbeat";
const oldLabel = "upbeat, the one before";

class Pkcs11Keystore implements Keystore {
  readonly #token: Pkcs11;
  readonly #session: Buffer;
  readonly #of: (constant: string) => number;

  constructor(token: Pkcs11, session: Buffer, of: (constant: string) => number) {
    this.#token = token;
    this.#session = session;
    this.#of = of;
  }

  async wrap(personId: string, label: string, dataKey: Uint8Array): Promise<Uint8Array> {
    const key = this.#find(personId, currentLabel)[0] ?? this.#make(personId);
    const iv = randomBytes(ivBytes);
    this.#token.C_EncryptInit(this.#session, this.#gcm(iv, personId, label), key);
    const into = Buffer.alloc(dataKey.byteLength + overheadBytes);
    return Buffer.concat([iv, this.#token.C_Encrypt(this.#session, Buffer.from(dataKey), into)]);
  }

  async unwrap(personId: string, label: string, wrapped: Uint8Array): Promise<Uint8Array> {
    const keys = [...this.#find(personId, currentLabel), ...this.#find(personId, oldLabel)];
    if (keys.length === 0) throw new SealError("The key is not in the token.");
    if (wrapped.byteLength !== keyBytes + overheadBytes) {
      throw new SealError("The sealed bytes have an unknown form.");
    }
    const mechanism = this.#gcm(Buffer.from(wrapped.subarray(0, ivBytes)), personId, label);
    for (const key of keys) {
      try {
        this.#token.C_DecryptInit(this.#session, mechanism, key);
        const into = Buffer.alloc(wrapped.byteLength);
        return this.#token.C_Decrypt(this.#session, Buffer.from(wrapped.subarray(ivBytes)), into);
      } catch {
        // Wrapped by the other key, or not what was wrapped.
      }
    }
    throw new SealError("The sealed bytes were changed or belong elsewhere.");
  }

  async beginRotation(personId: string): Promise<void> {
    const [key] = this.#find(personId, currentLabel);
    const isBegun = this.#find(personId, oldLabel).length > 0;
    if (!isBegun && key === undefined) return;
    if (!isBegun && key !== undefined) {
      const label = [{ type: this.#of("CKA_LABEL"), value: oldLabel }];
      this.#token.C_SetAttributeValue(this.#session, key, label);
    }
    // Cut off between the two it is made here, or by the next that wraps.
    if (this.#find(personId, currentLabel).length === 0) this.#make(personId);
  }

  async endRotation(personId: string): Promise<void> {
    this.#destroy(this.#find(personId, oldLabel));
  }

  async isRotating(personId: string): Promise<boolean> {
    return this.#find(personId, oldLabel).length > 0;
  }

  async destroy(personId: string): Promise<void> {
    this.#destroy([...this.#find(personId, currentLabel), ...this.#find(personId, oldLabel)]);
  }

  exportKey(): Promise<null> {
    return Promise.resolve(null);
  }

  /** What was outside once can be known outside: a rotation makes one that never was. */
  async importKey(personId: string, key: Uint8Array): Promise<void> {
    if (key.byteLength !== keyBytes) throw new SealError("That is not a key.");
    if (this.#find(personId, currentLabel).length === 0) {
      const value = { type: this.#of("CKA_VALUE"), value: Buffer.from(key) };
      this.#token.C_CreateObject(this.#session, [...this.#template(personId), value]);
    }
    // The token shows no key: whether it is this one shows what it wraps.
    const probe = randomBytes(keyBytes);
    const wrapped = await this.wrap(personId, "probe", probe);
    try {
      if (unwrapKey([key], personId, "probe", wrapped).equals(probe)) return;
    } catch {
      // Another key, then.
    }
    throw new SealError("Another key is there already.");
  }

  #make(personId: string): Buffer {
    const of = this.#of;
    return this.#token.C_GenerateKey(this.#session, { mechanism: of("CKM_AES_KEY_GEN") }, [
      ...this.#template(personId),
      { type: of("CKA_VALUE_LEN"), value: keyBytes },
    ]);
  }

  /** A key that stays in the token and cannot be shown. */
  #template(personId: string): readonly Attribute[] {
    const of = this.#of;
    return [
      ...this.#name(personId, currentLabel),
      { type: of("CKA_KEY_TYPE"), value: of("CKK_AES") },
      { type: of("CKA_TOKEN"), value: true },
      { type: of("CKA_PRIVATE"), value: true },
      { type: of("CKA_SENSITIVE"), value: true },
      { type: of("CKA_EXTRACTABLE"), value: false },
      { type: of("CKA_ENCRYPT"), value: true },
      { type: of("CKA_DECRYPT"), value: true },
    ];
  }

  #destroy(keys: readonly Buffer[]): void {
    for (const key of keys) this.#token.C_DestroyObject(this.#session, key);
  }

  #find(personId: string, label: string): readonly Buffer[] {
    this.#token.C_FindObjectsInit(this.#session, this.#name(personId, label));
    try {
      return this.#token.C_FindObjects(this.#session, maxFound);
    } finally {
      this.#token.C_FindObjectsFinal(this.#session);
    }
  }

  #name(personId: string, label: string): readonly Attribute[] {
    return [
      { type: this.#of("CKA_CLASS"), value: this.#of("CKO_SECRET_KEY") },
      { type: this.#of("CKA_LABEL"), value: label },
      { type: this.#of("CKA_ID"), value: Buffer.from(personId, "utf8") },
    ];
  }

  #gcm(iv: Buffer, personId: string, label: string) {
    const parameter = {
      type: this.#of("CK_PARAMS_AES_GCM"),
      iv,
      ivBits: ivBytes * 8,
      aad: wrapContext(personId, label),
      tagBits,
    };
    return { mechanism: this.#of("CKM_AES_GCM"), parameter };
  }
}

function constantsOf(loaded: LoadedPkcs11): (constant: string) => number {
  return (constant) => {
    const value = loaded[constant];
    if (typeof value !== "number") throw new SealError(`pkcs11js has no ${constant}.`);
    return value;
  };
}

/** Opens a token and signs in to it. @throws SealError in one clear line: no library, no such token, a wrong PIN. */
export async function pkcs11Keystore({ library, token, pin }: TokenAddress): Promise<Keystore> {
  const loaded = await loadPkcs11();
  const of = constantsOf(loaded);
  const pkcs11 = new loaded.PKCS11();
  try {
    pkcs11.load(library);
    pkcs11.C_Initialize();
  } catch (error) {
    throw new SealError(`${library} cannot be used: ${(error as Error).message}`);
  }
  const slot = pkcs11.C_GetSlotList(true).find((one) => pkcs11.C_GetTokenInfo(one).label.trim() === token);
  if (slot === undefined) throw new SealError(`There is no token "${token}" at ${library}.`);
  const session = pkcs11.C_OpenSession(slot, of("CKF_SERIAL_SESSION") | of("CKF_RW_SESSION"));
  try {
    pkcs11.C_Login(session, of("CKU_USER"), pin);
  } catch (error) {
    throw new SealError(`The token "${token}" cannot be opened: ${(error as Error).message}`);
  }
  return new Pkcs11Keystore(pkcs11, session, of);
}
