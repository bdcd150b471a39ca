/** "May it be kept?": asked once, after the first workout, while that still lies in this browser alone. */
import { useEffect, useState } from "react";
import type { Consent } from "#protocol/api/consents.ts";
import { useConsents, useDecide } from "../api/consents.ts";
import { messageOf } from "../api/client.ts";
import { Button } from "../ui/controls.tsx";
import { Loaded, Loading } from "../ui/states.tsx";
import { openKeep } from "./keep/keep.ts";
import "./keep-question.css";

function Answers({ consent, workoutIds }: { consent: Consent; workoutIds: readonly string[] }) {
  const decide = useDecide();
  const onlyLines = async () => {
    const keep = await openKeep();
    for (const id of workoutIds) await keep.keepOnlyLine(id);
  };
  const answer = async (granted: boolean) => {
    await decide.mutateAsync({ consent, granted });
    await (granted ? (await openKeep()).consented() : onlyLines());
  };
  const isRefused = consent.state === "refused";
  useEffect(() => {
    // They have said no before: nobody is asked twice.
    if (isRefused) void onlyLines();
  });
  if (isRefused) return <Loading what="your history" />;
  return (
    <>
      <p className="keep-sentence">{consent.sentence}</p>
      <div className="keep-answers">
        <Button weight="primary" busy={decide.isPending} onPress={() => void answer(true)}>
          Keep my workouts
        </Button>
        <Button busy={decide.isPending} onPress={() => void answer(false)}>
          Only a line that it took place
        </Button>
      </div>
      <p className="muted small">It holds until you change it, under You.</p>
      {decide.error !== null && <p role="alert">{messageOf(decide.error)}</p>}
    </>
  );
}

function Question({ workoutIds }: { workoutIds: readonly string[] }) {
  const consents = useConsents();
  return (
    <Loaded query={consents} what="your choices">
      {(all) => {
        const consent = all.find(({ purpose }) => purpose === "keep-biometrics");
        return consent === undefined ? null : <Answers consent={consent} workoutIds={workoutIds} />;
      }}
    </Loaded>
  );
}

/** In place of the summary, which is told once the answer is yes. */
export function KeepQuestionPage({ workoutId }: { workoutId: string }) {
  return (
    <main className="page">
      <div className="state">
        <h1>Shall Upbeat keep your workouts?</h1>
        <Question workoutIds={[workoutId]} />
      </div>
    </main>
  );
}

/** Above the pages, for somebody who left before answering. */
export function KeepOffer() {
  const [waiting, setWaiting] = useState<readonly string[]>([]);
  useEffect(() => {
    let left = false;
    let unsubscribe = () => {};
    const listen = async () => {
      const keep = await openKeep();
      const look = async () => {
        const found = await keep.undecided();
        if (!left) setWaiting(found.map(({ head }) => head.id));
      };
      unsubscribe = keep.subscribe(() => void look());
      await look();
      if (left) unsubscribe();
    };
    listen().catch(() => undefined); // no database, nothing kept
    return () => {
      left = true;
      unsubscribe();
    };
  }, []);
  if (waiting.length === 0) return null;
  return (
    <section className="note keep-offer" aria-label="Keep your workout">
      <h2>{waiting.length === 1 ? "A workout waits in this browser" : "Workouts wait in this browser"}</h2>
      <Question workoutIds={waiting} />
    </section>
  );
}
