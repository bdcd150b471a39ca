/** Messages to webhooks: given up, each with why and a way to try again; waiting; delivered. */
import { useSearchParams } from "wouter";
import type { Delivery } from "#protocol/api/webhooks.ts";
import { messageOf } from "../../api/client.ts";
import { itemsOf } from "../../api/queries.ts";
import { useDeliveries, useRetry } from "../../api/webhooks.ts";
import { Button, Choice } from "../../ui/controls.tsx";
import { count, dayAndTime } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { Empty, Loaded } from "../../ui/states.tsx";
import { AddAddress, Addresses } from "./addresses.tsx";
import { eventTexts } from "./app-words.ts";
import { failureText } from "./failure-text.ts";
import "./apps.css";

type State = Delivery["state"];

const nothing: Readonly<Record<State, { title: string; text: string }>> = {
  dead: { title: "Nothing was given up", text: "Every message has arrived or is still being tried." },
  waiting: { title: "Nothing is waiting", text: "Messages that fail are tried again from here." },
  delivered: { title: "Nothing was sent yet", text: "Messages that arrived are listed for 30 days." },
};

function what({ state, attempts, failure, nextAtMs, canRetry }: Delivery): string {
  const tried = count(attempts, "attempt");
  const why = failure === null ? "" : failureText(failure);
  if (state === "delivered") return `Arrived after ${tried}.`;
  if (state === "waiting") return `${tried}. ${why} Next try ${dayAndTime(nextAtMs)}.`;
  return `${tried}. ${why}${canRetry ? "" : " Its webhook has been removed, so it has nowhere to go."}`;
}

function Message({ delivery }: { delivery: Delivery }) {
  const retry = useRetry();
  const { host } = new URL(delivery.url);
  return (
    <li className="app-entry">
      <div className="app-head">
        <p>
          {eventTexts[delivery.event]}, to <strong>{host}</strong>
        </p>
        {delivery.canRetry && (
          <Button busy={retry.isPending} onPress={() => retry.mutate(delivery.id)}>
            Try again<span className="visually-hidden"> at {host}</span>
          </Button>
        )}
      </div>
      <p className="muted small">
        {dayAndTime(delivery.createdAtMs)} · {what(delivery)}
      </p>
      {retry.error !== null && <p role="alert">{messageOf(retry.error)}</p>}
    </li>
  );
}

function RetryAll() {
  const retry = useRetry();
  const canRetry = itemsOf(useDeliveries("dead").data).some((delivery) => delivery.canRetry);
  if (!canRetry && !retry.isSuccess) return null;
  return (
    <>
      {canRetry && (
        <Button weight="primary" busy={retry.isPending} onPress={() => retry.mutate(null)}>
          Try all again
        </Button>
      )}
      <p role="status" className="small">
        {retry.error !== null && messageOf(retry.error)}
        {retry.isSuccess && `${count(retry.data, "message")} will be tried again within seconds.`}
      </p>
    </>
  );
}

function Messages({ state }: { state: State }) {
  const deliveries = useDeliveries(state);
  return (
    <Loaded query={deliveries} what="messages">
      {(data) => {
        const items = itemsOf(data);
        const { title, text } = nothing[state];
        if (items.length === 0) {
          return (
            <Empty title={title}>
              <p>{text}</p>
            </Empty>
          );
        }
        return (
          <>
            <ul className="apps" aria-label="Messages">
              {items.map((delivery) => (
                <Message key={delivery.id} delivery={delivery} />
              ))}
            </ul>
            <ShowMore list={deliveries} />
          </>
        );
      }}
    </Loaded>
  );
}

export function MessagesPage() {
  const [search, setSearch] = useSearchParams();
  const shown = search.get("show");
  const state: State = shown === "waiting" || shown === "delivered" ? shown : "dead";
  return (
    <Page
      title="Messages to webhooks"
      lead="Webhooks are told when you finish a workout or change a consent. A message that fails is tried again for a day and a half, each time later, then waits here."
      back={{ to: routes.apps, label: "Connected apps" }}
      action={state === "dead" && <RetryAll />}
    >
      <Choice
        label="Which messages"
        labelHidden
        value={state}
        onChange={(next) => setSearch({ show: next }, { replace: true })}
        options={[
          { value: "dead", label: "Given up" },
          { value: "waiting", label: "Waiting" },
          { value: "delivered", label: "Delivered" },
        ]}
      />
      <Messages state={state} />
      <Addresses />
      <AddAddress />
    </Page>
  );
}
