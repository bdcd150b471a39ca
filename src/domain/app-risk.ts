/** What about a connected app is worth a second look, in plain words. Pure: it judges what a report has counted. */
import { scopeWords, type AccessCategory, type Scope } from "./access.ts";
import type { Milliseconds } from "./units.ts";

const dayMs = 86_400_000;
/** An app that has not called for so long is probably not used any more. */
export const idleMs = 30 * dayMs;

export interface AppFacts {
  readonly scopes: readonly Scope[];
  /** Categories it has read in the last 30 days. */
  readonly readCategories: readonly AccessCategory[];
  readonly grantedAtMs: Milliseconds | null;
  readonly lastAccessMs: Milliseconds | null;
  /** Where people are sent back to, and where it is told of events: "diary.example". */
  readonly redirectHosts: readonly string[];
  readonly webhookHosts: readonly string[];
  /** How often it was out of its ordinary in the last 30 days. */
  readonly anomalies: number;
}

/** "look": somebody should look at it now. "note": good to know. */
export interface Finding {
  readonly weight: "look" | "note";
  readonly text: string;
}

function look(text: string): Finding {
  return { weight: "look", text };
}

function note(text: string): Finding {
  return { weight: "note", text };
}

/** Names without ports: another port of the same machine is the same place. */
function nameOf(host: string): string {
  return host.replace(/:\d+$/, "");
}

function unusedScopes({ scopes, readCategories }: AppFacts): readonly Scope[] {
  return scopes.filter((scope) => {
    const { category, personal } = scopeWords[scope];
    return personal && category !== "account" && !readCategories.includes(category);
  });
}

/** The findings about one app, what matters most first; none when nothing stands out. */
export function findingsOf(facts: AppFacts, nowMs: Milliseconds): readonly Finding[] {
  const { scopes, readCategories, grantedAtMs, lastAccessMs, redirectHosts, webhookHosts, anomalies } = facts;
  const findings: Finding[] = [];
  if (anomalies > 0) {
    const times = anomalies === 1 ? "once" : `${anomalies} times`;
    findings.push(look(`It read far out of its ordinary ${times} in the last 30 days, and was slowed.`));
  }
  const home = new Set(redirectHosts.map(nameOf));
  const elsewhere = [...new Set(webhookHosts.map(nameOf))].filter((name) => !home.has(name));
  if (elsewhere.length > 0) {
    findings.push(
      look(`It is told of events at ${elsewhere.join(", ")}, a place it does not send people back to.`),
    );
  }
  const sinceMs = Math.max(lastAccessMs ?? 0, grantedAtMs ?? 0);
  const isIdle = nowMs - sinceMs > idleMs;
  if (isIdle) findings.push(look("It has not called for 30 days, and still may."));
  const unused = isIdle ? [] : unusedScopes(facts);
  for (const scope of unused) {
    findings.push(note(`It may ${scopeWords[scope].may}, and has not in the last 30 days.`));
  }
  if (scopes.includes("series:read"))
    findings.push(note("It may read bodies second by second, the most intimate there is."));
  if (readCategories.includes("joined")) {
    findings.push(note("It has read what joins music and body, which says more than either alone."));
  }
  return findings;
}
