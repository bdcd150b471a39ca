/** How another device comes to trust this server: the root certificate, and a page that says where to put it. */
import { TrustAnswer } from "#protocol/api/trust.ts";
import type { RootCertificate } from "#server/ports/certificates.ts";
import { escapeHtml, plainPage } from "#server/plain-page.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { Api } from "../api.ts";

export interface Trust {
  readonly root: RootCertificate;
  /** Such as "192.168.1.5:8120": how other devices reach this one, the likeliest first. */
  hosts(): readonly string[];
}

const trustPath = "/trust";
export const rootPath = `${trustPath}/upbeat-root.crt`;

const steps: readonly (readonly [device: string, how: readonly string[]])[] = [
  [
    "iPhone and iPad",
    [
      "Open this page in Safari, download the certificate and allow it.",
      "Settings, “Profile downloaded”, Install.",
      "Settings, General, About, Certificate Trust Settings: switch it on.",
    ],
  ],
  [
    "Android",
    [
      "Download the certificate.",
      "Settings, search for “CA certificate”, Install anyway, choose the file.",
      "In Firefox, also: Settings, About, tap the logo five times; Secret Settings, Use third party CA certificates.",
    ],
  ],
  ["Mac", ["Open the file, add it to the login keychain, open it there, Trust: Always."]],
  ["Windows", ["Open the file, Install certificate, place it in “Trusted Root Certification Authorities”."]],
  ["Firefox on a computer", ["Settings, Certificates, Authorities, Import, trust it for websites."]],
];

function trustPage({ name, fingerprint }: RootCertificate, host: string): string {
  const groups = fingerprint.split(":");
  const lines = [0, 8, 16, 24].map((from) => groups.slice(from, from + 8).join(" ")).join("<br>");
  const how = steps
    .map(
      ([device, parts]) => `<h2>${device}</h2><ol>${parts.map((part) => `<li>${part}</li>`).join("")}</ol>`,
    )
    .join("");
  return plainPage(
    "Trust this server",
    `<p>Sensors and motion work only over a connection that your device trusts. “${escapeHtml(name)}” is the
certificate of this server alone: it can vouch for machines of your own network and for nothing on the internet.</p>
<p><a class="button" href="${rootPath}" download>Download the certificate</a></p>
<p>Before you install it, compare its SHA-256 fingerprint with the one that Upbeat shows on the machine it runs on. Your
device shows it too.</p>
<p class="fingerprint">${lines}</p>
${how}
<p>Then open <a href="https://${escapeHtml(host)}/">https://${escapeHtml(host)}</a>.</p>`,
  );
}

export function trustRoutes(app: Api, trust: Trust | null): void {
  const known = (): Trust => {
    if (trust !== null) return trust;
    throw new Refusal("not-found", "This server serves this machine only; there is nothing to trust yet.");
  };
  app.get(trustPath, { config: { open: true }, schema: { hide: true } }, (request, reply) => {
    const page = trustPage(known().root, request.headers.host ?? "");
    return reply.header("cache-control", "no-store").type("text/html; charset=utf-8").send(page);
  });
  app.get(rootPath, { config: { open: true }, schema: { hide: true } }, (_request, reply) =>
    reply
      .header("cache-control", "no-store")
      .header("content-disposition", 'attachment; filename="upbeat-root.crt"')
      .type("application/x-x509-ca-cert")
      .send(known().root.pem),
  );
  app.get(
    "/v1/trust",
    {
      schema: {
        tags: ["server"],
        summary: "How another device comes to trust this server",
        response: { 200: TrustAnswer },
      },
    },
    () => {
      if (trust === null) return { authority: null };
      const { name, fingerprint, expiresAtMs } = trust.root;
      const addresses = trust.hosts().map((host) => `https://${host}`);
      const trustAddresses = trust.hosts().map((host) => `http://${host}${trustPath}`);
      return { authority: { name, fingerprint, expiresAtMs, addresses, trustAddresses } };
    },
  );
}
