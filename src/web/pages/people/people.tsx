/** The household, for its owner: members, invitations, and how one leaves. */
import { useState, type FormEvent } from "react";
import type { PersonEntry } from "#protocol/api/people.ts";
import { messageOf } from "../../api/client.ts";
import { useInvitations, useInvite, usePeople, useRemovePerson, useWithdraw } from "../../api/people.ts";
import { Button } from "../../ui/controls.tsx";
import { dayAndTime } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { ShownOnce } from "../../ui/shown-once.tsx";
import { Loaded } from "../../ui/states.tsx";
import { TextField } from "../../ui/text-field.tsx";
import "./people.css";

function Member({ person }: { person: PersonEntry }) {
  const remove = useRemovePerson();
  const [isAsking, setAsking] = useState(false);
  return (
    <li>
      <div>
        <p>{person.name}</p>
        <p className="muted small">{person.role === "owner" ? "Owner" : "Member"}</p>
        {remove.error !== null && <p role="alert">{messageOf(remove.error)}</p>}
      </div>
      {person.role === "member" && !isAsking && (
        <Button weight="quiet" onPress={() => setAsking(true)}>
          Remove<span className="visually-hidden"> {person.name}</span>
        </Button>
      )}
      {isAsking && (
        <div className="people-question" role="group" aria-label={`Remove ${person.name}?`}>
          <p>Everything of {person.name} is erased at once, in old backups too. Nobody can bring it back.</p>
          <div className="you-actions">
            <Button weight="danger" busy={remove.isPending} onPress={() => remove.mutate(person.id)}>
              Remove and erase
            </Button>
            <Button onPress={() => setAsking(false)}>Keep</Button>
          </div>
        </div>
      )}
    </li>
  );
}

function Invite() {
  const [name, setName] = useState("");
  const invite = useInvite();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate(name, { onSuccess: () => setName("") });
  };
  return (
    <>
      <form className="people-form" onSubmit={onSubmit}>
        <TextField
          label="Whom"
          hint="So that you know whose link it is."
          autoComplete="off"
          value={name}
          onChange={setName}
        />
        <div>
          <Button submit busy={invite.isPending}>
            Make a link
          </Button>
        </div>
      </form>
      {invite.error !== null && <p role="alert">{messageOf(invite.error)}</p>}
      {invite.data !== undefined && (
        <ShownOnce secret={new URL(invite.data.path, location.origin).href}>
          For {invite.data.name}. It works once, until {dayAndTime(invite.data.expiresAtMs)}, and is shown
          only now.
        </ShownOnce>
      )}
    </>
  );
}

function Open() {
  const invitations = useInvitations();
  const withdraw = useWithdraw();
  return (
    <Loaded query={invitations} what="invitations">
      {(items) =>
        items.length > 0 && (
          <ul className="people-list" aria-label="Open invitations">
            {items.map(({ id, name, expiresAtMs }) => (
              <li key={id}>
                <div>
                  <p>{name}</p>
                  <p className="muted small">Holds until {dayAndTime(expiresAtMs)}</p>
                </div>
                <Button weight="quiet" busy={withdraw.isPending} onPress={() => withdraw.mutate(id)}>
                  Withdraw<span className="visually-hidden"> the invitation of {name}</span>
                </Button>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

export function PeoplePage() {
  const people = usePeople();
  return (
    <Page
      title="People"
      lead="A household shares the music library. Workouts, figures and taste are each person’s own; not even you can read a member’s."
      back={{ to: routes.you, label: "You" }}
    >
      <Section title="At home here">
        <Loaded query={people} what="the people">
          {(items) => (
            <ul className="people-list" aria-label="People">
              {items.map((person) => (
                <Member key={person.id} person={person} />
              ))}
            </ul>
          )}
        </Loaded>
      </Section>
      <Section title="Invite somebody">
        <Open />
        <Invite />
      </Section>
    </Page>
  );
}
