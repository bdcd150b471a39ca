/** Passkeys: what they are called, how one is added, and whether one is asked for beside the password. */
import { useState, type FormEvent } from "react";
import type { PasskeyEntry } from "#protocol/api/passkeys.ts";
import { namedAddress, passkeyTrouble } from "#web/device/passkeys.ts";
import { messageOf } from "../../api/client.ts";
import {
  useAddPasskey,
  usePasskeys,
  useRemovePasskey,
  useRenamePasskey,
  useSecondFactor,
} from "../../api/passkeys.ts";
import { Button } from "../../ui/controls.tsx";
import { dayAndTime } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Switch } from "../../ui/switch.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { browserName } from "./browser-name.ts";

function Rename({ passkey, onDone }: { passkey: PasskeyEntry; onDone: () => void }) {
  const [name, setName] = useState(passkey.name);
  const rename = useRenamePasskey();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ id: passkey.id, name }, { onSuccess: onDone });
  };
  return (
    <form className="people-form people-question" onSubmit={onSubmit}>
      <TextField label="Name" autoComplete="off" value={name} onChange={setName} />
      {rename.error !== null && <p role="alert">{messageOf(rename.error)}</p>}
      <div className="you-actions">
        <Button submit busy={rename.isPending}>
          Save the name
        </Button>
        <Button weight="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Row({ passkey }: { passkey: PasskeyEntry }) {
  const { id, name, hostName, createdAtMs, lastUsedAtMs } = passkey;
  const remove = useRemovePasskey();
  const [isNaming, setNaming] = useState(false);
  const isElsewhere = hostName !== location.hostname;
  return (
    <li>
      <div>
        <p>{name}</p>
        <p className="muted small">
          {lastUsedAtMs === createdAtMs ? "Added" : "Last used"} {dayAndTime(lastUsedAtMs)}
          {isElsewhere && ` · for ${hostName}`}
        </p>
        {remove.error !== null && <p role="alert">{messageOf(remove.error)}</p>}
      </div>
      {isNaming ? (
        <Rename passkey={passkey} onDone={() => setNaming(false)} />
      ) : (
        <div className="you-actions">
          <Button weight="quiet" onPress={() => setNaming(true)}>
            Rename<span className="visually-hidden"> {name}</span>
          </Button>
          <Button weight="quiet" busy={remove.isPending} onPress={() => remove.mutate(id)}>
            Remove<span className="visually-hidden"> {name}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

/** Where this page cannot have a passkey it says why, and where it could. */
function Trouble({ text }: { text: string }) {
  const address = namedAddress();
  return (
    <p className="about muted">
      {text}
      {address !== null && (
        <>
          {" "}
          <a href={address}>Open Upbeat as localhost</a>, sign in there, and add it.
        </>
      )}
    </p>
  );
}

function Add() {
  const [name, setName] = useState(() => browserName(navigator.userAgent));
  const [password, setPassword] = useState("");
  const add = useAddPasskey();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ name, password }, { onSettled: () => setPassword("") });
  };
  return (
    <form className="people-form" onSubmit={onSubmit} aria-label="Add a passkey">
      <TextField label="What to call it" autoComplete="off" value={name} onChange={setName} />
      <TextField
        label="Your password"
        hint="So that nobody adds a way in on a screen you left open."
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      {add.error !== null && <p role="alert">{messageOf(add.error)}</p>}
      <div>
        <Button submit busy={add.isPending}>
          Add a passkey
        </Button>
      </div>
    </form>
  );
}

/** Changing it asks for the password: a stolen session could otherwise take it away. */
function BesidePassword({ isOn }: { isOn: boolean }) {
  const change = useSecondFactor();
  const [wish, setWish] = useState<boolean | null>(null);
  const [password, setPassword] = useState("");
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ password, asksPasskey: wish === true }, { onSuccess: () => setWish(null) });
    setPassword("");
  };
  return (
    <div>
      <Switch label="Ask for a passkey beside the password" isOn={isOn} onChange={setWish}>
        <p>
          A password alone no longer signs in. If every passkey is lost, whoever runs the machine sets a new
          password there, and none is asked for any more.
        </p>
      </Switch>
      {wish !== null && (
        <form className="people-form people-question" onSubmit={onSubmit}>
          <TextField
            label="Your password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
          {change.error !== null && <p role="alert">{messageOf(change.error)}</p>}
          <div className="you-actions">
            <Button submit busy={change.isPending}>
              {wish ? "Ask for it" : "Do not ask any more"}
            </Button>
            <Button weight="quiet" onPress={() => setWish(null)}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}

export function PasskeysSection({
  passwordSet,
  asksPasskey,
}: {
  passwordSet: boolean;
  asksPasskey: boolean;
}) {
  const passkeys = usePasskeys();
  const trouble = passkeyTrouble();
  return (
    <Section title="Passkeys">
      <p className="about">
        A passkey is a key in your phone, your computer or a security key. It signs you in without a password,
        and nobody can guess it or talk it out of you.
      </p>
      <Loaded query={passkeys} what="your passkeys">
        {(items) => (
          <>
            {items.length > 0 && (
              <ul className="people-list" aria-label="Passkeys">
                {items.map((passkey) => (
                  <Row key={passkey.id} passkey={passkey} />
                ))}
              </ul>
            )}
            {trouble !== null && <Trouble text={trouble} />}
            {trouble === null && passwordSet && <Add />}
            {trouble === null && !passwordSet && (
              <p className="about muted">
                Set a password first: until then whoever opens the page on this machine is you.
              </p>
            )}
            {items.length > 0 && passwordSet && <BesidePassword isOn={asksPasskey} />}
          </>
        )}
      </Loaded>
    </Section>
  );
}
