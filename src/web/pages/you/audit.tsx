/** Who read what of one's own, and whether the record of it is as it was written. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AuditCheck, AuditLine } from "#protocol/api/audit.ts";
import { useAppNames } from "../../api/apps.ts";
import { api } from "../../api/client.ts";
import { apiPaths } from "#client/paths.ts";
import { itemsOf, type Page as ListPage } from "../../api/queries.ts";
import { capital, dayAndTime } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { Loaded, Note } from "../../ui/states.tsx";
import "./consent.css";

const categoryTexts: Readonly<Record<AuditLine["category"], string>> = {
  workouts: "Workouts and their figures",
  series: "A workout, second by second",
  profile: "Training profile",
  everything: "Everything, as an export",
  retention: "Changed how long workouts are kept",
};

const purposeTexts: Readonly<Record<string, string>> = {
  own: "You",
  recommend: "Upbeat, to suggest",
  "write-text": "Upbeat, for a text",
  federate: "Upbeat, to publish",
  train: "Upbeat, to learn",
};

function Check() {
  const check = useQuery({
    queryKey: ["audit", "check"],
    queryFn: () => api.get<AuditCheck>("/v1/audit/check"),
  });
  if (check.data === undefined || check.data.entries === 0) return null;
  const { entries, brokenAt, lastHash } = check.data;
  if (brokenAt !== null) {
    return (
      <Note>Line {brokenAt + 1} does not follow from those before it: somebody has changed this record.</Note>
    );
  }
  return (
    <p className="muted small about">
      {entries === 1 ? "The line stands" : `All ${entries} lines stand`} as written. Each carries a hash over
      the one before; the last begins with <code>{lastHash.slice(0, 12)}</code>.
    </p>
  );
}

function Lines({ lines }: { lines: readonly AuditLine[] }) {
  const appName = useAppNames();
  if (lines.length === 0) {
    return <p className="muted">Nobody but you has read anything of yours.</p>;
  }
  return (
    <ol className="consent-ledger audit">
      {lines.map(({ sequence, atMs, purpose, category }) => (
        <li key={sequence}>
          <span className="muted figures">{dayAndTime(atMs)}</span>
          <span>{purposeTexts[purpose] ?? capital(appName(purpose))}</span>
          <span>{categoryTexts[category]}</span>
        </li>
      ))}
    </ol>
  );
}

export function AuditPage() {
  const lines = useInfiniteQuery({
    queryKey: ["audit", "lines"],
    queryFn: ({ pageParam }) => api.get<ListPage<AuditLine>>(apiPaths.audit({ cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  return (
    <Page
      title="Who read my data"
      lead="Apps you connected and uses you allowed, each with what it read. Your own looks are not noted."
      back={{ to: routes.you, label: "You" }}
    >
      <Section title="Read, newest first">
        <Loaded query={lines} what="the record">
          {(data) => <Lines lines={itemsOf(data)} />}
        </Loaded>
        <ShowMore list={lines} />
        <Check />
      </Section>
    </Page>
  );
}
