/** The apps that a person has connected: what each may and did read, and the way back. */
import { Link } from "wouter";
import type { AppSummary } from "#protocol/api/usage.ts";
import { useApps, useRemoveApp } from "../../api/apps.ts";
import { messageOf } from "../../api/client.ts";
import { itemsOf, useSession } from "../../api/queries.ts";
import { useDeliveries } from "../../api/webhooks.ts";
import { Button, LinkButton } from "../../ui/controls.tsx";
import { dayAndTime } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { Empty, Loaded, Note } from "../../ui/states.tsx";
import { volumeText } from "./app-words.ts";
import { Scopes } from "./scopes.tsx";
import "./apps.css";

function LastAccess({ lastAccessMs, month }: Pick<AppSummary, "lastAccessMs" | "month">) {
  if (lastAccessMs === null) return <p>It has read nothing in the last 30 days.</p>;
  return (
    <p>
      Last seen in the hour from {dayAndTime(lastAccessMs)}. In the last 30 days: {volumeText(month)}.
    </p>
  );
}

function AppEntry({ summary }: { summary: AppSummary }) {
  const { app, scopes, grantedAtMs, anomalies } = summary;
  const disconnect = useRemoveApp("mine");
  return (
    <li className="app-entry">
      <div className="app-head">
        <h2>
          <Link href={routes.appReport(app.id)}>{app.name}</Link>
        </h2>
        <div className="app-actions">
          <LinkButton to={routes.appReport(app.id)} weight="quiet">
            Report<span className="visually-hidden"> on {app.name}</span>
          </LinkButton>
          <Button weight="danger" busy={disconnect.isPending} onPress={() => disconnect.mutate(app.id)}>
            Disconnect<span className="visually-hidden"> {app.name}</span>
          </Button>
        </div>
      </div>
      <p className="muted small">
        {grantedAtMs !== null && `Connected ${dayAndTime(grantedAtMs)}`}
        {app.redirectHosts.length > 0 && <>, at {app.redirectHosts.join(", ")}</>}
      </p>
      <Scopes scopes={scopes} />
      <LastAccess {...summary} />
      {anomalies.length > 0 && (
        <Note>
          It read far more than it ordinarily does, and was slowed.{" "}
          <Link href={routes.appReport(app.id)}>See the report</Link>
        </Note>
      )}
      {disconnect.error !== null && <Note>{messageOf(disconnect.error)}</Note>}
    </li>
  );
}

function UndeliveredNote() {
  const dead = itemsOf(useDeliveries("dead").data);
  if (dead.length === 0) return null;
  return (
    <Note>
      Some messages to webhooks could not be delivered.{" "}
      <Link href={routes.messages()}>See them and try again</Link>
    </Note>
  );
}

export function AppsPage() {
  const apps = useApps("mine");
  const isOwner = useSession().data?.role === "owner";
  return (
    <Page
      title="Connected apps"
      lead="What you let other programs read. Each has only what is listed under it, and loses it the moment you disconnect it."
      back={{ to: routes.you, label: "You" }}
    >
      <UndeliveredNote />
      <Loaded query={apps} what="your apps">
        {(data) =>
          data.pages[0]?.items.length === 0 ? (
            <Empty title="No app is connected">
              <p>An app asks here first. Nothing is shared until you say yes.</p>
            </Empty>
          ) : (
            <ul className="apps">
              {itemsOf(data).map((summary) => (
                <AppEntry key={summary.app.id} summary={summary} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <ShowMore list={apps} />
      <ul className="app-links">
        {isOwner && (
          <li>
            <Link href={routes.serverApps}>Apps of this server</Link>: who may introduce one, and how much
            each may read.
          </li>
        )}
        <li>
          <Link href={routes.messages("delivered")}>Messages to webhooks</Link>: what they were told, and an
          address of your own.
        </li>
        <li>
          Writing an app of your own? <Link href={routes.developers}>Read and try the API</Link>.
        </li>
      </ul>
    </Page>
  );
}
