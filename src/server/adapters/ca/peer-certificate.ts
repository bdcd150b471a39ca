/** The certificate that a TLS connection was made with, if it may be used. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import type { CertificateAuthority, PeerCertificate } from "#server/ports/certificates.ts";

export type PeerCertificateOf = (request: IncomingMessage) => PeerCertificate | null;

/**
 * An app may bring a certificate of its own making, which proves that it is the same app as before; one that claims to
 * be from here must be known, in time and not taken back. The list is asked at each request: sessions outlive handshakes.
 */
export function peerCertificates(ca: () => CertificateAuthority | null): PeerCertificateOf {
  return (request) => {
    const authority = ca();
    const socket = request.socket as Partial<TLSSocket>;
    const certificate = socket.getPeerX509Certificate?.();
    if (certificate === undefined) return null;
    const thumbprint = createHash("sha256").update(certificate.raw).digest("base64url");
    if (authority === null || certificate.issuer !== `CN=${authority.root.name}`)
      return { thumbprint, isOurs: false };
    const known = authority.issued().find(({ serial }) => serial === certificate.serialNumber);
    const isGood = socket.authorized === true && known !== undefined && known.revokedAtMs === null;
    return isGood ? { thumbprint, isOurs: true } : null;
  };
}
