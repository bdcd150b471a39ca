/** What an app may and did read: to be looked at, printed or kept as a file. */
import type { AppReport } from "#protocol/api/usage.ts";
import { useAppReport } from "../../api/apps.ts";
import { Button } from "../../ui/controls.tsx";
import { count, dayAndTime } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded, Note } from "../../ui/states.tsx";
import "./apps.css";

const categoryNames: Readonly<Record<string, string>> = {
  catalogue: "Classes",
  music: "Music",
  body: "Your body",
  joined: "Music and body together",
  account: "Consents and webhooks",
};

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)}\u00a0kB` : `${(bytes / 1e6).toFixed(1)}\u00a0MB`;
}

function UsageTable({ usage }: { usage: AppReport["usage"] }) {
  if (usage.length === 0) return <p>It has read nothing in the last 30 days.</p>;
  return (
    <div className="usage-scroll">
      <table className="usage">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">24 hours</th>
            <th scope="col">30 days</th>
          </tr>
        </thead>
        <tbody>
          {usage.map(({ category, callsToday, bytesToday, callsMonth, bytesMonth }) => (
            <tr key={category}>
              <th scope="row">{categoryNames[category] ?? category}</th>
              <td>
                {count(callsToday, "call")}, {size(bytesToday)}
              </td>
              <td>
                {count(callsMonth, "call")}, {size(bytesMonth)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function save(report: AppReport): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: "application/json" }));
  link.download = `upbeat-app-${report.app.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function Report({ report }: { report: AppReport }) {
  const { scopes, usage, webhookHosts, anomalies, tier, lastAccessMs, grantedAtMs, reportedAtMs } = report;
  return (
    <>
      {anomalies.map(({ atMs, bytes, ordinaryBytes }) => (
        <Note key={atMs}>
          {dayAndTime(atMs)}: it had read {size(bytes)} in that hour, where up to {size(ordinaryBytes)} would
          be ordinary, and was slowed. If you do not know why, disconnect it.
        </Note>
      ))}
      <Section title="What it may do">
        <ul className="app-scopes">
          {scopes.map(({ scope, may, biometric }) => (
            <li key={scope}>
              It may {may}.{biometric && <span className="body-mark"> From your body</span>}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="What it read">
        <UsageTable usage={usage} />
      </Section>
      <Section title="Where it is told">
        <p>{webhookHosts.length === 0 ? "Nowhere: it has no webhook." : `At ${webhookHosts.join(", ")}.`}</p>
      </Section>
      <p className="muted small">
        Connected {dayAndTime(grantedAtMs)}.{" "}
        {lastAccessMs !== null && `Last seen in the hour from ${dayAndTime(lastAccessMs)}. `}
        Tier “{tier}”. Report of {dayAndTime(reportedAtMs)}.
      </p>
    </>
  );
}

export function AppReportPage({ appId }: { appId: string }) {
  const report = useAppReport(appId);
  const data = report.data;
  return (
    <Page
      title={data === undefined ? "App" : data.app.name}
      back={{ to: routes.apps, label: "Connected apps" }}
      action={
        data !== undefined && (
          <>
            <Button onPress={() => print()}>Print</Button>
            <Button onPress={() => save(data)}>Save as a file</Button>
          </>
        )
      }
    >
      <Loaded query={report} what="the report">
        {(loaded) => <Report report={loaded} />}
      </Loaded>
    </Page>
  );
}
