/** The certificate that this machine shows: made at each start, and anew when its names change or its end comes near. */
import type { CertificateAndKey, CertificateAuthority } from "#server/ports/certificates.ts";
import type { Clock } from "#server/ports/environment.ts";

/** So long before its end a certificate is replaced: a machine that sleeps for weeks still wakes with a good one. */
const renewBeforeMs = 30 * 86_400_000;

export interface ServerCertificate {
  current(): CertificateAndKey;
  /** Makes a new one where it is time to; answers whether it did. */
  refresh(): boolean;
}

interface Parts {
  readonly authority: CertificateAuthority;
  /** The names and addresses of this machine, as they are now. */
  readonly hosts: () => readonly string[];
  readonly clock: Clock;
}

export function createServerCertificate({ authority, hosts, clock }: Parts): ServerCertificate {
  const make = () => {
    const covered = authority.coverable(hosts()).join(" ");
    return { covered, made: authority.issueServer(hosts(), clock.nowMs()) };
  };
  let shown = make();
  return {
    current: () => shown.made,
    refresh() {
      const isEnding = shown.made.expiresAtMs - clock.nowMs() < renewBeforeMs;
      if (!isEnding && authority.coverable(hosts()).join(" ") === shown.covered) return false;
      shown = make();
      return true;
    },
  };
}
