/** Messages to webhooks that were given up, each with why, and a way to try again. */
import type { Delivery } from "#protocol/api/webhooks.ts";
import { useDeliveries, useRetryDelivery } from "../../api/apps.ts";
import { messageOf } from "../../api/client.ts";
import { Button } from "../../ui/controls.tsx";
import { count, dayAndTime } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { Note } from "../../ui/states.tsx";

function DeadMessage({ delivery }: { delivery: Delivery }) {
  const retry = useRetryDelivery();
  const { host } = new URL(delivery.url);
  return (
    <li className="app-entry">
      <div className="app-head">
        <p>
          {host}: {delivery.event}
        </p>
        <Button busy={retry.isPending} onPress={() => retry.mutate(delivery.id)}>
          Try again<span className="visually-hidden"> at {host}</span>
        </Button>
      </div>
      <p className="muted small">
        {dayAndTime(delivery.createdAtMs)}, {count(delivery.attempts, "attempt")}: {delivery.failure}
      </p>
      {retry.error !== null && <Note>{messageOf(retry.error)}</Note>}
    </li>
  );
}

export function DeadMessages() {
  const deliveries = useDeliveries();
  const dead = deliveries.data?.items.filter(({ state }) => state === "dead") ?? [];
  if (dead.length === 0) return null;
  return (
    <Section title="Messages that could not be delivered">
      <ul className="apps">
        {dead.map((delivery) => (
          <DeadMessage key={delivery.id} delivery={delivery} />
        ))}
      </ul>
    </Section>
  );
}
