/** Where one is signed in, the password, and passkeys. */
import { useState, type FormEvent } from "react";
import { browserName } from "./browser-name.ts";
import { messageOf } from "../../api/client.ts";
import { useChangePassword, useEndSession, useSessions } from "../../api/people.ts";
import { useSession } from "../../api/queries.ts";
import { Button } from "../../ui/controls.tsx";
import { dayAndTime } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded } from "../../ui/states.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { PasskeysSection } from "./passkeys.tsx";
import "./people.css";

function PasswordForm({ isSet }: { isSet: boolean }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const change = useChangePassword();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const empty = () => {
      setCurrent("");
      setPassword("");
    };
    change.mutate({ password, ...(isSet && { current }) }, { onSuccess: empty });
  };
  return (
    <form className="people-form" onSubmit={onSubmit}>
      {isSet && (
        <TextField
          label="Current password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
      )}
      <TextField
        label="New password"
        hint="At least 8 characters. All your other sessions end."
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
      <div>
        <Button submit busy={change.isPending}>
          {isSet ? "Change the password" : "Set a password"}
        </Button>
      </div>
      <p role="status" className="small">
        {change.error !== null && messageOf(change.error)}
        {change.isSuccess && <span className="muted">Changed.</span>}
      </p>
    </form>
  );
}

export function SecurityPage() {
  const session = useSession().data;
  const sessions = useSessions();
  const end = useEndSession();
  return (
    <Page title="Signing in" back={{ to: routes.you, label: "You" }}>
      <Section title="Where you are signed in">
        <Loaded query={sessions} what="your sessions">
          {(items) => (
            <ul className="people-list" aria-label="Sessions">
              {items.map(({ id, device, createdAtMs, lastUsedAtMs, isCurrent }) => (
                <li key={id}>
                  <div>
                    <p>{browserName(device)}</p>
                    <p className="muted small">
                      {isCurrent ? "This browser" : `Last used ${dayAndTime(lastUsedAtMs)}`} · since{" "}
                      {dayAndTime(createdAtMs)}
                    </p>
                  </div>
                  {!isCurrent && (
                    <Button weight="quiet" busy={end.isPending} onPress={() => end.mutate(id)}>
                      Sign out<span className="visually-hidden"> {browserName(device)}</span>
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Section>
      <Section title="Password">
        {session !== undefined && <PasswordForm isSet={session.passwordSet} />}
      </Section>
      {session !== undefined && <PasskeysSection {...session} />}
    </Page>
  );
}
