/** What may be done with one's data, and how it ends. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, messageOf } from "../../api/client.ts";
import { apiPaths } from "#client/paths.ts";
import { useAskForErasure, useCancelErasure, useErasure, useRotateKeys } from "../../api/people.ts";
import { useSession } from "../../api/queries.ts";
import { Button, LinkButton } from "../../ui/controls.tsx";
import { dayAndTime } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Note } from "../../ui/states.tsx";

function SignOut() {
  const client = useQueryClient();
  const signOut = async () => {
    await api.delete(apiPaths.session);
    client.clear();
    location.reload();
  };
  return <Button onPress={() => void signOut()}>Sign out</Button>;
}

/** After a week, with a way back until then. */
function Erase() {
  const dueAtMs = useErasure().data?.dueAtMs ?? null;
  const ask = useAskForErasure();
  const cancel = useCancelErasure();
  const [isAsking, setAsking] = useState(false);
  if (dueAtMs !== null) {
    return (
      <Note>
        <p>Everything of yours will be erased on {dayAndTime(dueAtMs)}. Until then you can take it back.</p>
        <Button busy={cancel.isPending} onPress={() => cancel.mutate(undefined)}>
          Erase nothing
        </Button>
      </Note>
    );
  }
  if (!isAsking) {
    return (
      <div>
        <Button weight="quiet" onPress={() => setAsking(true)}>
          Erase everything of mine
        </Button>
      </div>
    );
  }
  return (
    <div className="your-data-question" role="group" aria-label="Erase everything of yours?">
      <p className="about">
        In a week your key is destroyed: workouts, figures, profile and decisions are gone, and old backups
        can no longer be read. Until then you can take it back; after that nobody can. Download first what you
        want to keep.
      </p>
      <div className="you-actions">
        <Button
          weight="danger"
          busy={ask.isPending}
          onPress={() => ask.mutate("after-grace", { onSuccess: () => setAsking(false) })}
        >
          Erase it in a week
        </Button>
        <Button onPress={() => setAsking(false)}>Keep everything</Button>
      </div>
      {ask.error !== null && <p role="alert">{messageOf(ask.error)}</p>}
    </div>
  );
}

/** For who fears that a key has been seen. */
function NewKeys() {
  const rotate = useRotateKeys();
  return (
    <div>
      <Button weight="quiet" busy={rotate.isPending} onPress={() => rotate.mutate(undefined)}>
        Make new keys
      </Button>
      <p role="status" className="small">
        {rotate.error !== null && messageOf(rotate.error)}
        {rotate.isSuccess && (
          <span className="muted">
            Done. Everything stays readable; a recovery kit from before no longer opens it, so a new one has
            to be printed on the server.
          </span>
        )}
      </p>
    </div>
  );
}

export function YourData() {
  const session = useSession().data;
  return (
    <Section title="Your data">
      <p className="about">
        Workouts stay on this server, sealed with a key of your own before they touch its disk. Nothing leaves
        it unless you take it: each workout can be downloaded as a FIT file or deleted on its page.
      </p>
      <div className="you-actions">
        <LinkButton to={routes.consent}>What Upbeat may do</LinkButton>
        <LinkButton to={routes.taste}>Your taste</LinkButton>
        <LinkButton to={routes.apps}>Connected apps</LinkButton>
        <LinkButton to={routes.audit}>Who read my data</LinkButton>
        <a className="button plain" href="/v1/export" download>
          Download everything
        </a>
        <LinkButton to={routes.security}>Signing in</LinkButton>
        <LinkButton to={routes.phone}>Use a phone</LinkButton>
        {session?.role === "owner" && (
          <>
            <LinkButton to={routes.people}>People</LinkButton>
            <LinkButton to={routes.networks}>Where sensors may be paired</LinkButton>
          </>
        )}
        {session?.passwordSet === true && <SignOut />}
      </div>
      <NewKeys />
      <Erase />
    </Section>
  );
}
