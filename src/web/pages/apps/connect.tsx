/** An app asks for something: what it would get, in plain words, and the decision. */
import { useState } from "react";
import type { AppRequest } from "#protocol/api/apps.ts";
import { useAppRequest, useDecide } from "../../api/apps.ts";
import { messageOf } from "../../api/client.ts";
import { Button } from "../../ui/controls.tsx";
import { capital } from "../../ui/format.ts";
import { CrankMark } from "../../ui/crank/crank.tsx";
import { Loaded, Note } from "../../ui/states.tsx";
import "./apps.css";

function whereTo(hosts: readonly string[]): string {
  return hosts.length === 0 ? "a device without a browser" : hosts.join(", ");
}

function Decision({ uid, request }: { uid: string; request: AppRequest }) {
  const { app, scopes } = request;
  const [given, setGiven] = useState<ReadonlySet<string>>(() => new Set(scopes.map(({ scope }) => scope)));
  const decide = useDecide(uid);
  const toggle = (scope: string) => {
    const next = new Set(given);
    if (!next.delete(scope)) next.add(scope);
    setGiven(next);
  };
  if (scopes.length === 0) return <p>{app.name} asks for nothing that Upbeat has. Close this page.</p>;
  return (
    <>
      <p className="lead">
        It goes to <strong>{whereTo(app.redirectHosts)}</strong>. Upbeat does not know who is behind that
        name. Connect it only if you came here from an app that you trust.
      </p>
      <fieldset className="scopes">
        <legend>It may</legend>
        {scopes.map(({ scope, may, biometric }) => (
          <label key={scope} className="scope">
            <input type="checkbox" checked={given.has(scope)} onChange={() => toggle(scope)} />
            <span>
              {may}
              {biometric && <span className="body-mark"> From your body</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <p className="muted">
        Untick what you would rather keep. You can take all of it back at any time under You, Connected apps;
        what the app has copied by then stays with the app.
      </p>
      {decide.error !== null && <Note>{messageOf(decide.error)}</Note>}
      <div className="decide">
        <Button
          weight="primary"
          busy={decide.isPending}
          disabledReason={given.size === 0 ? "Nothing is ticked." : null}
          onPress={() => decide.mutate([...given])}
        >
          Connect {capital(app.name)}
        </Button>
        <Button busy={decide.isPending} onPress={() => decide.mutate([])}>
          Do not connect
        </Button>
      </div>
    </>
  );
}

export function ConnectPage({ uid }: { uid: string }) {
  const request = useAppRequest(uid);
  return (
    <main className="connect">
      <CrankMark size={40} />
      <Loaded query={request} what="the request">
        {(data) => (
          <>
            <h1>{capital(data.app.name)} wants to be connected</h1>
            <Decision uid={uid} request={data} />
          </>
        )}
      </Loaded>
    </main>
  );
}
