/** One port for TLS and for plain HTTP: the first byte tells which (22 begins a TLS handshake, RFC 8446). */
import { createServer, type Server } from "node:https";
import type { RequestListener } from "node:http";
import type { Socket } from "node:net";
import type { CertificateAndKey } from "#server/ports/certificates.ts";

const tlsHandshake = 22;
/** Who has said nothing by then is let go, and who has not agreed on keys. */
const firstByteMs = 30_000;
const handshakeMs = 10_000;

export interface SecureContext extends CertificateAndKey {
  /** Client certificates issued by it are marked as good; others are still shown. */
  readonly rootPem: string;
}

function contextOf({ certificatePem, keyPem, rootPem }: SecureContext) {
  return { cert: certificatePem, key: keyPem, ca: rootPem, minVersion: "TLSv1.2" } as const;
}

/** Renewed certificates take effect with the next connection. */
export function renewCertificate(server: Server, context: SecureContext): void {
  server.setSecureContext(contextOf(context));
}

/** Hands `socket` on once its first byte is there, which is left unread. */
function atFirstByte(socket: Socket, then: (first: number) => void): void {
  const giveUp = setTimeout(() => socket.destroy(), firstByteMs);
  const drop = (): void => void socket.destroy();
  const ready = (): void => {
    const bytes = socket.read() as Buffer | null;
    if (bytes === null) return;
    clearTimeout(giveUp);
    socket.off("readable", ready).off("error", drop).off("close", stop);
    socket.unshift(bytes);
    then(bytes[0] ?? 0);
  };
  const stop = (): void => clearTimeout(giveUp);
  socket.on("readable", ready).on("error", drop).on("close", stop);
}

/** A server that speaks both; which of its requests may come in clear is for the guards to say. */
export function createSecureServer(
  context: SecureContext,
  timeouts: { readonly requestTimeout: number; readonly keepAliveTimeout: number },
  handler: RequestListener,
): Server {
  const server = createServer(
    {
      ...contextOf(context),
      ...timeouts,
      handshakeTimeout: handshakeMs,
      // Asked for, not demanded: browsers have none. Whose certificate it is, peer-certificate.ts says.
      requestCert: true,
      rejectUnauthorized: false,
    },
    handler,
  );
  const [startTls] = server.listeners("connection");
  const open = new Set<Socket>();
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    atFirstByte(socket, (first) => {
      if (first === tlsHandshake) startTls?.call(server, socket);
      else server.emit("secureConnection", socket);
    });
  });
  const closeRequests = server.closeAllConnections.bind(server);
  server.closeAllConnections = () => {
    closeRequests();
    for (const socket of open) socket.destroy();
  };
  return server;
}
