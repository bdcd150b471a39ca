/** What may be done with what the body told: one switch a purpose, and every decision there was. */
import { useState } from "react";
import type { Consent, ConsentLine } from "#protocol/api/consents.ts";
import { useAppNames } from "../../api/apps.ts";
import { useConsentLedger, useConsents, useDecide } from "../../api/consents.ts";
import { messageOf } from "../../api/client.ts";
import { itemsOf } from "../../api/queries.ts";
import { Button } from "../../ui/controls.tsx";
import { dayAndTime } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Switch } from "../../ui/switch.tsx";
import "./consent.css";

function since({ state, decidedAtMs }: Consent): string {
  if (decidedAtMs === null) return "Not decided: nothing of this happens.";
  const when = dayAndTime(decidedAtMs);
  if (state === "undecided")
    return `The words have changed since your yes of ${when}: nothing of this happens.`;
  return state === "granted" ? `Allowed since ${when}.` : `Not allowed since ${when}.`;
}

/** Taking back "keep" deletes; that is said, and asked, before it is done. */
function DeleteQuestion({ onAnswer }: { onAnswer: (isSure: boolean) => void }) {
  return (
    <div className="consent-question" role="group" aria-label="Delete what was measured?">
      <p>
        Everything your workouts measured is deleted now, and cannot be had back. Download what you want to
        take with you first.
      </p>
      <div className="you-actions">
        <Button weight="danger" onPress={() => onAnswer(true)}>
          Delete what was measured
        </Button>
        <Button onPress={() => onAnswer(false)}>Keep it</Button>
      </div>
    </div>
  );
}

function Row({ consent, title }: { consent: Consent; title: string }) {
  const decide = useDecide();
  const [isAsking, setAsking] = useState(false);
  const isOn = consent.state === "granted";
  const change = (granted: boolean) => {
    if (!granted && consent.purpose === "keep-biometrics") setAsking(true);
    else decide.mutate({ consent, granted });
  };
  return (
    <li className="consent">
      <Switch label={title} isOn={isOn} onChange={change}>
        <p>{consent.sentence}</p>
        {isOn && <p>Taking it back: {lowerFirst(consent.withdrawal)}</p>}
        <p>{since(consent)}</p>
      </Switch>
      {isAsking && (
        <DeleteQuestion
          onAnswer={(isSure) => {
            setAsking(false);
            if (isSure) decide.mutate({ consent, granted: false });
          }}
        />
      )}
      {decide.error !== null && <p role="alert">{messageOf(decide.error)}</p>}
    </li>
  );
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function Ledger({ lines, titles }: { lines: readonly ConsentLine[]; titles: ReadonlyMap<string, string> }) {
  if (lines.length === 0) return <p className="muted">You have not decided anything yet.</p>;
  return (
    <ol className="consent-ledger">
      {lines.map(({ sequence, purpose, granted, atMs, wordingVersion }) => (
        <li key={sequence}>
          <span className="muted figures">{dayAndTime(atMs)}</span>
          <span>{titles.get(purpose) ?? purpose}</span>
          <span>{granted ? "allowed" : "not allowed"}</span>
          <span className="muted figures">wording {wordingVersion}</span>
        </li>
      ))}
    </ol>
  );
}

export function ConsentPage() {
  const consents = useConsents();
  const ledger = useConsentLedger();
  const appName = useAppNames();
  const titleOf = ({ purpose, title }: Consent) =>
    purpose.startsWith("share:") ? `Share with ${appName(purpose)}` : title;
  return (
    <Page
      title="What Upbeat may do"
      lead="Heart rate, power and cadence are yours. Each use of them is off until you switch it on, and off again the moment you switch it off."
      back={{ to: routes.you, label: "You" }}
    >
      <Loaded query={consents} what="your choices">
        {(items) => (
          <>
            <ul className="consents" aria-label="Purposes">
              {items.map((consent) => (
                <Row key={consent.purpose} consent={consent} title={titleOf(consent)} />
              ))}
            </ul>
            <Section title="Every decision">
              <Loaded query={ledger} what="the ledger">
                {(data) => (
                  <Ledger
                    lines={itemsOf(data)}
                    titles={new Map(items.map((item) => [item.purpose, titleOf(item)]))}
                  />
                )}
              </Loaded>
              <ShowMore list={ledger} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
