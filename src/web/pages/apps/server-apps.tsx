/** All apps of the server, for its owner: who may introduce one, what each reads, and how much it may. */
import { Link } from "wouter";
import type { AppSummary, AppTiers } from "#protocol/api/usage.ts";
import {
  useAppSettings,
  useApps,
  useRemoveApp,
  useSetAppSettings,
  useSetTiers,
  useTiers,
} from "../../api/apps.ts";
import { messageOf } from "../../api/client.ts";
import { itemsOf } from "../../api/queries.ts";
import { Button, Choice, Field } from "../../ui/controls.tsx";
import { count, dayAndTime } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { Loaded, Note } from "../../ui/states.tsx";
import { useUndo } from "../../ui/undo.tsx";
import { volumeText } from "./app-words.ts";
import { Tiers } from "./tiers.tsx";
import "./apps.css";

function Registration() {
  const settings = useAppSettings();
  const save = useSetAppSettings();
  if (settings.data === undefined) return null;
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

function TierChoice({ app, settings }: { app: AppSummary["app"]; settings: AppTiers }) {
  const save = useSetTiers();
  const { tiers, tierOf } = settings;
  const [first] = tiers;
  const choose = (name: string) => save.mutate({ tiers, tierOf: { ...tierOf, [app.id]: name } });
  return (
    <div>
      <Field label={`Tier of ${app.name}`}>
        {(id) => (
          <select
            id={id}
            className="select"
            value={tierOf[app.id] ?? first?.name}
            onChange={({ target }) => choose(target.value)}
          >
            {tiers.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      {save.error !== null && <p role="alert">{messageOf(save.error)}</p>}
    </div>
  );
}

function who({ app, people, lastAccessMs, month }: AppSummary): string {
  const by = app.isServiceAccount
    ? "A service account, which acts for nobody."
    : `${count(people, "person has", "people have")} connected it.`;
  if (lastAccessMs === null) return `${by} It has read nothing in the last 30 days.`;
  return `${by} Last seen in the hour from ${dayAndTime(lastAccessMs)}; in 30 days ${volumeText(month)}.`;
}

function ServerApp({ summary, settings }: { summary: AppSummary; settings: AppTiers }) {
  const { app, anomalies } = summary;
  const remove = useRemoveApp("server");
  const { later } = useUndo();
  return (
    <li className="app-entry">
      <div className="app-head">
        <h3>
          <Link href={routes.serverAppReport(app.id)}>{app.name}</Link>
        </h3>
        {!app.isServiceAccount && (
          <Button
            weight="quiet"
            onPress={() =>
              later({
                id: app.id,
                text: `${app.name} is removed, with all it was given.`,
                carryOut: () => remove.mutateAsync(app.id),
              })
            }
          >
            Remove<span className="visually-hidden"> {app.name}</span>
          </Button>
        )}
      </div>
      <p className="muted small">{who(summary)}</p>
      {anomalies.length > 0 && (
        <Note>
          It read far out of its ordinary and was slowed.{" "}
          <Link href={routes.serverAppReport(app.id)}>See the report</Link>
        </Note>
      )}
      <TierChoice app={app} settings={settings} />
    </li>
  );
}

function ServerApps({ settings }: { settings: AppTiers }) {
  const apps = useApps("server");
  const { goneIds } = useUndo();
  return (
    <Section title="Known apps">
      <Loaded query={apps} what="the apps">
        {(data) => {
          const items = itemsOf(data).filter(({ app }) => !goneIds.has(app.id));
          if (items.length === 0) return <p className="muted">No app has introduced itself yet.</p>;
          return (
            <ul className="apps" aria-label="Known apps">
              {items.map((summary) => (
                <ServerApp key={summary.app.id} summary={summary} settings={settings} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <ShowMore list={apps} />
    </Section>
  );
}

export function ServerAppsPage() {
  const tiers = useTiers();
  return (
    <Page
      title="Apps of this server"
      lead="Every app that has introduced itself here, and how much each may read. What it read is added up over everybody: whose it was stays theirs."
      back={{ to: routes.apps, label: "Connected apps" }}
    >
      <Registration />
      <Loaded query={tiers} what="tiers">
        {(settings) => (
          <>
            <ServerApps settings={settings} />
            <Tiers settings={settings} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
