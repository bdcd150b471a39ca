/** Loading, empty, error and notices: what a page says when it has nothing to show yet. */
import type { ReactNode } from "react";
import { messageOf } from "../api/client.ts";
import { Button } from "./controls.tsx";
import { CrankMark } from "./crank/crank.tsx";
import "./states.css";

export function Loading({ what }: { what: string }) {
  return (
    <div className="state" role="status">
      <CrankMark size={32} turning />
      <p className="muted">Loading {what}</p>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="state">
      <CrankMark size={32} />
      <h2>{title}</h2>
      <div className="state-text">{children}</div>
    </div>
  );
}

export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div className="state" role="alert">
      <h2>That did not work</h2>
      <p className="state-text">{messageOf(error)}</p>
      <Button onPress={onRetry}>Try again</Button>
    </div>
  );
}

interface Loadable<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Shows the data once it is there; until then that it loads, or why it does not. */
export function Loaded<T>(props: { query: Loadable<T>; what: string; children: (data: T) => ReactNode }) {
  const { query, what, children } = props;
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading what={what} />;
}

export function Note({ children, tone = "plain" }: { children: ReactNode; tone?: "plain" | "music" }) {
  return <div className={`note ${tone}`}>{children}</div>;
}
