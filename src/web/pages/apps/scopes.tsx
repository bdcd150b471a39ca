import type { AppSummary } from "#protocol/api/usage.ts";

/** What an app may do, in plain words. */
export function Scopes({ scopes }: Pick<AppSummary, "scopes">) {
  if (scopes.length === 0) return <p className="muted">Nothing: nobody has connected it.</p>;
  return (
    <ul className="app-scopes">
      {scopes.map(({ scope, may, biometric }) => (
        <li key={scope}>
          It may {may}.{biometric && <span className="body-mark"> From your body</span>}
        </li>
      ))}
    </ul>
  );
}
