/** The server's own small certificate authority: it vouches for this machine's names, and for service accounts. */

export interface IssuedCertificate {
  /** The service account it stands for. */
  readonly name: string;
  /** Hexadecimal, as certificates show it. */
  readonly serial: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly revokedAtMs: number | null;
}

/** PEM, both of them. */
export interface CertificateAndKey {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly expiresAtMs: number;
}

export interface RootCertificate {
  readonly name: string;
  readonly pem: string;
  /** SHA-256, "AB:CD:…", as devices show it. */
  readonly fingerprint: string;
  readonly expiresAtMs: number;
  /** Host names, besides those of the local network, that it may vouch for. */
  readonly names: readonly string[];
}

export interface CertificateAuthority {
  readonly root: RootCertificate;
  /** Which of these host names and addresses a certificate of this authority can stand for. */
  coverable(hosts: readonly string[]): readonly string[];
  /** For this machine. Not kept: whoever needs another asks again. */
  issueServer(hosts: readonly string[], nowMs: number): CertificateAndKey;
  issueClient(
    name: string,
    nowMs: number,
  ): Promise<CertificateAndKey & { readonly issued: IssuedCertificate }>;
  /** Every client certificate, oldest first. */
  issued(): readonly IssuedCertificate[];
  /** Takes one back; a second time changes nothing. */
  revoke(serial: string, nowMs: number): Promise<void>;
}

/** What an authority keeps between starts. */
export interface AuthorityRecords {
  read(): Promise<KeptAuthority | null>;
  /** Keeps a new authority. Rejects when there is one already: nobody loses the root that devices trust. */
  create(authority: KeptAuthority): Promise<void>;
  putIssued(issued: readonly IssuedCertificate[]): Promise<void>;
}

export interface KeptAuthority {
  readonly keyPem: string;
  readonly certificatePem: string;
  readonly names: readonly string[];
  readonly issued: readonly IssuedCertificate[];
}

/** The certificate that a connection was made with. */
export interface PeerCertificate {
  /** SHA-256 of it, base64url, as `cnf` of a token names it (RFC 8705). */
  readonly thumbprint: string;
  /** Issued here, in time and not revoked. */
  readonly isOurs: boolean;
}
