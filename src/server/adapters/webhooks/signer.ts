import { createHmac } from "node:crypto";
import type { ServerSecrets } from "#server/ports/oauth.ts";
import type { WebhookSigner } from "#server/ports/webhooks.ts";

const secretBytes = 24;

/** Signs as the Standard Webhooks specification says: HMAC-SHA256 over id, time in seconds and body. */
export function standardWebhookSigner(secrets: ServerSecrets): WebhookSigner {
  const keyOf = (webhookId: string): Buffer =>
    Buffer.from(secrets.derive(`webhook ${webhookId}`, secretBytes));
  return {
    secretOf: (webhookId) => `whsec_${keyOf(webhookId).toString("base64")}`,
    headersFor({ id, webhookId, body, atMs }) {
      const timestamp = String(Math.floor(atMs / 1000));
      const signature = createHmac("sha256", keyOf(webhookId))
        .update(`${id}.${timestamp}.${body}`)
        .digest("base64");
      return {
        "content-type": "application/json",
        "user-agent": "Upbeat",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature}`,
      };
    },
  };
}
