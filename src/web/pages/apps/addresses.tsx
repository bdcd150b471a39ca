/** The addresses that are told of events, one's own and those of one's apps; and how one of one's own is added. */
import { useState, type FormEvent } from "react";
import type { Webhook } from "#protocol/api/webhooks.ts";
import { webhookEvents, type WebhookEvent } from "#domain/webhook.ts";
import { messageOf } from "../../api/client.ts";
import { itemsOf } from "../../api/queries.ts";
import { useAddWebhook, useRemoveWebhook, useWebhooks } from "../../api/webhooks.ts";
import { Button } from "../../ui/controls.tsx";
import { dayAndTime } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { ShownOnce } from "../../ui/shown-once.tsx";
import { Loaded } from "../../ui/states.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useUndo } from "../../ui/undo.tsx";
import { eventTexts } from "./app-words.ts";
import "./apps.css";

function Address({ webhook }: { webhook: Webhook }) {
  const { id, url, events, appId, createdAtMs } = webhook;
  const remove = useRemoveWebhook();
  const { later } = useUndo();
  const onRemove = () =>
    later({ id, text: `${new URL(url).host} is told no more.`, carryOut: () => remove.mutateAsync(id) });
  return (
    <li className="app-entry">
      <div className="app-head">
        <p className="address">{url}</p>
        <Button weight="quiet" onPress={onRemove}>
          Remove<span className="visually-hidden"> {url}</span>
        </Button>
      </div>
      <p className="muted small">
        {events.map((event) => eventTexts[event]).join(", ")} · {appId === null ? "yours" : "of an app"} since{" "}
        {dayAndTime(createdAtMs)}
      </p>
    </li>
  );
}

export function Addresses() {
  const webhooks = useWebhooks();
  const { goneIds } = useUndo();
  return (
    <Section title="Addresses that are told">
      <Loaded query={webhooks} what="addresses">
        {(data) => {
          const items = itemsOf(data).filter(({ id }) => !goneIds.has(id));
          if (items.length === 0) return <p className="muted">None.</p>;
          return (
            <ul className="apps" aria-label="Addresses">
              {items.map((webhook) => (
                <Address key={webhook.id} webhook={webhook} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <ShowMore list={webhooks} />
    </Section>
  );
}

interface EventsFieldProps {
  readonly chosen: ReadonlySet<WebhookEvent>;
  readonly onChange: (chosen: ReadonlySet<WebhookEvent>) => void;
}

function EventsField({ chosen, onChange }: EventsFieldProps) {
  const toggle = (event: WebhookEvent) => {
    const next = new Set(chosen);
    if (!next.delete(event)) next.add(event);
    onChange(next);
  };
  return (
    <fieldset className="scopes">
      <legend>It is told of</legend>
      {webhookEvents.map((event) => (
        <label key={event} className="scope">
          <input type="checkbox" checked={chosen.has(event)} onChange={() => toggle(event)} />
          <span>{eventTexts[event]}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function AddAddress() {
  const [url, setUrl] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<WebhookEvent>>(new Set(webhookEvents));
  const [isNoAddress, setNoAddress] = useState(false);
  const add = useAddWebhook();
  const { goneIds } = useUndo();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const address = URL.parse(url.trim());
    setNoAddress(address === null);
    if (address === null || chosen.size === 0) return;
    add.mutate({ url: address.href, events: [...chosen] }, { onSuccess: () => setUrl("") });
  };
  return (
    <Section title="Tell an address of your own">
      <p className="about">
        A message says what happened and when, with ids and never what your body told. Whoever receives it
        fetches the rest here, if you let them.
      </p>
      <form className="address-form" onSubmit={onSubmit} noValidate>
        <TextField
          label="Address"
          hint="It begins with https://. Messages follow Standard Webhooks."
          autoComplete="off"
          value={url}
          onChange={setUrl}
        />
        <EventsField chosen={chosen} onChange={setChosen} />
        {isNoAddress && <p role="alert">This is no address. A whole one begins with https://.</p>}
        {!isNoAddress && add.error !== null && <p role="alert">{messageOf(add.error)}</p>}
        <div>
          <Button
            submit
            busy={add.isPending}
            disabledReason={chosen.size === 0 ? "Nothing is ticked." : null}
          >
            Tell this address
          </Button>
        </div>
      </form>
      {add.data !== undefined && !goneIds.has(add.data.id) && (
        <ShownOnce secret={add.data.secret}>
          Messages to {new URL(add.data.url).host} are signed with this secret, so that they can be told from
          others’. It is shown only now; if it is lost, remove the address and add it again.
        </ShownOnce>
      )}
    </Section>
  );
}
