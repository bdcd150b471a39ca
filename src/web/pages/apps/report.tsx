/** What an app may and did read, and what of that is worth a look: on the screen, on paper, or as a file. */
import type { AppReport } from "#protocol/api/usage.ts";
import { useAppReport, type AppsOf } from "../../api/apps.ts";
import { Button } from "../../ui/controls.tsx";
import { count, dayAndTime } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded, Note } from "../../ui/states.tsx";
import { categoryNames, sizeText, volumeText } from "./app-words.ts";
import { Scopes } from "./scopes.tsx";
import "./apps.css";

const readNames: Readonly<Record<string, string>> = {
  workouts: "Workouts and their figures",
  series: "Workouts, second by second",
  profile: "Training profile",
};

function Findings({ findings, anomalies }: Pick<AppReport, "findings" | "anomalies">) {
  return (
    <Section title="Worth a look">
      {findings.length === 0 && <p>Nothing stands out.</p>}
      <ul className="findings">
        {findings.map(({ weight, text }) => (
          <li key={text} className={`finding-${weight}`}>
            <span className="finding-mark">{weight === "look" ? "Look at this" : "Good to know"}</span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
      {anomalies.map(({ atMs, bytes, ordinaryBytes }) => (
        <Note key={atMs}>
          {dayAndTime(atMs)}: it had read {sizeText(bytes)} in that hour, where up to{" "}
          {sizeText(ordinaryBytes)} would be ordinary, and was slowed. If you do not know why, disconnect it.
        </Note>
      ))}
    </Section>
  );
}

function UsageList({ usage, callsPerHour }: Pick<AppReport, "usage" | "callsPerHour">) {
  if (usage.length === 0) return <p>It has read nothing in the last 30 days.</p>;
  return (
    <ul className="usage" aria-label="What it read">
      {usage.map(({ category, today, month }) => (
        <li key={category}>
          <h3>{categoryNames[category]}</h3>
          <p>
            <span className="muted small">24 hours</span> {volumeText(today)}
          </p>
          <p>
            <span className="muted small">30 days</span> {volumeText(month)}
          </p>
          <p>
            <span className="muted small">At most</span> {count(callsPerHour[category], "call")} an hour
          </p>
        </li>
      ))}
    </ul>
  );
}

function Reads({ reads }: Pick<AppReport, "reads">) {
  if (reads.length === 0) return <p>The audit trail has no line of it: it has read nothing of bodies.</p>;
  return (
    <ul className="app-scopes">
      {reads.map(({ category, times, firstMs, lastMs }) => (
        <li key={category}>
          {readNames[category] ?? category}: {count(times, "line")}, the first {dayAndTime(firstMs)}, the last{" "}
          {dayAndTime(lastMs)}.
        </li>
      ))}
    </ul>
  );
}

function save(report: AppReport): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: "application/json" }));
  link.download = `upbeat-app-${report.app.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function About({ of, report }: { of: AppsOf; report: AppReport }) {
  const { app, people, grantedAtMs, lastAccessMs, tier, reportedAtMs } = report;
  return (
    <p className="muted small about">
      {app.redirectHosts.length > 0 && <>It sends people back to {app.redirectHosts.join(", ")}. </>}
      {of === "server" && `${count(people, "person has", "people have")} connected it. `}
      {grantedAtMs !== null && `Connected ${dayAndTime(grantedAtMs)}. `}
      {lastAccessMs !== null && `Last seen in the hour from ${dayAndTime(lastAccessMs)}. `}
      Tier “{tier}”. Its id is {app.id}. Report of {dayAndTime(reportedAtMs)}.
    </p>
  );
}

function Report({ of, report }: { of: AppsOf; report: AppReport }) {
  return (
    <>
      <Findings {...report} />
      <Section title="What it may do">
        <Scopes scopes={report.scopes} />
      </Section>
      <Section title="What it read">
        <UsageList {...report} />
        <p className="muted small about">
          An entry is one workout, track or suggestion of a list, or one second of a workout.
        </p>
      </Section>
      <Section title="What the audit trail has">
        <Reads {...report} />
      </Section>
      <Section title="Where it is told">
        <p>
          {report.webhookHosts.length === 0
            ? "Nowhere: it has no webhook."
            : `At ${report.webhookHosts.join(", ")}.`}
        </p>
      </Section>
      <About of={of} report={report} />
    </>
  );
}

export function AppReportPage({ of, appId }: { of: AppsOf; appId: string }) {
  const report = useAppReport(of, appId);
  const data = report.data;
  return (
    <Page
      title={data === undefined ? "App" : data.app.name}
      lead={
        of === "server"
          ? "Added up over everybody here, without saying whose."
          : "What it does with what is yours."
      }
      back={
        of === "server"
          ? { to: routes.serverApps, label: "Apps of this server" }
          : { to: routes.apps, label: "Connected apps" }
      }
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
        {(loaded) => <Report of={of} report={loaded} />}
      </Loaded>
    </Page>
  );
}
