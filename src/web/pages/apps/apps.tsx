/** The apps that a person has connected: what each may do, and the way back. */
import { Link } from "wouter";
import type { ConnectedApp } from "#protocol/api/apps.ts";
import { useAppSettings, useApps, useDisconnect, useSetAppSettings } from "../../api/apps.ts";
import { messageOf } from "../../api/client.ts";
import { useDeliveries } from "../../api/webhooks.ts";
import { itemsOf, useSession } from "../../api/queries.ts";
import { Button, Choice } from "../../ui/controls.tsx";
import { dayAndTime } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { Empty, Loaded, Note } from "../../ui/states.tsx";
import "./apps.css";

function AppEntry({ connected }: { connected: ConnectedApp }) {
  const { app, scopes, grantedAtMs } = connected;
  const disconnect = useDisconnect();
  return (
    <li className="app-entry">
      <div className="app-head">
        <h2>
          <Link href={routes.appReport(app.id)}>{app.name}</Link>
        </h2>
        <Button weight="danger" busy={disconnect.isPending} onPress={() => disconnect.mutate(app.id)}>
          Disconnect<span className="visually-hidden"> {app.name}</span>
        </Button>
      </div>
      <p className="muted small">
        Connected {dayAndTime(grantedAtMs)}
        {app.redirectHosts.length > 0 && <>, at {app.redirectHosts.join(", ")}</>}
      </p>
      <ul className="app-scopes">
        {scopes.map(({ scope, may, biometric }) => (
          <li key={scope}>
            It may {may}.{biometric && <span className="body-mark"> From your body</span>}
          </li>
        ))}
      </ul>
      {disconnect.error !== null && <Note>{messageOf(disconnect.error)}</Note>}
    </li>
  );
}

function Registration() {
  const isOwner = useSession().data?.role === "owner";
  const settings = useAppSettings(isOwner);
  const save = useSetAppSettings();
  if (!isOwner || settings.data === undefined) return null;
  return (
    <Section title="New apps">
      <Choice
        label="Who may introduce an app to this server"
        value={settings.data.registration}
        onChange={(registration) => save.mutate({ registration })}
        options={[
          {
            value: "closed",
            label: "Nobody",
            hint: "Only apps that are known already can ask to be connected.",
          },
          {
            value: "open",
            label: "Any app",
            hint: "An app may introduce itself. It gets nothing until somebody here says yes to it.",
          },
        ]}
      />
      {save.error !== null && <Note>{messageOf(save.error)}</Note>}
    </Section>
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
  const apps = useApps();
  return (
    <Page
      title="Connected apps"
      lead="What you let other programs read. Each has only what is listed under it, and loses it the moment you disconnect it."
      back={{ to: routes.you, label: "You" }}
    >
      <Loaded query={apps} what="your apps">
        {(data) =>
          data.pages[0]?.items.length === 0 ? (
            <Empty title="No app is connected">
              <p>An app asks here first. Nothing is shared until you say yes.</p>
            </Empty>
          ) : (
            <ul className="apps">
              {itemsOf(data).map((connected) => (
                <AppEntry key={connected.app.id} connected={connected} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <ShowMore list={apps} />
      <UndeliveredNote />
      <Registration />
      <p className="muted">
        What webhooks were told: <Link href={routes.messages("delivered")}>Messages</Link>. Writing an app of
        your own? <Link href={routes.developers}>Read and try the API</Link>.
      </p>
    </Page>
  );
}
