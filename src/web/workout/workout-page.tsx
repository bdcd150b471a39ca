/** The page of a workout: opens the run, shows its screen, goes on to the summary when it is over. */
import { useEffect, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { choiceOf } from "../pages/class/start-choice.tsx";
import { LinkButton } from "../ui/controls.tsx";
import { routes } from "../ui/routes.ts";
import { Failed, Loading } from "../ui/states.tsx";
import { KeepQuestionPage } from "./keep-question.tsx";
import { MusicWait } from "./music-wait.tsx";
import { ReplayFileChoice } from "./replay-file.tsx";
import type { WorkoutRun } from "./run.ts";
import { WorkoutScreen } from "./screen/screen.tsx";
import type { RunChoice } from "./use-workout-run.ts";
import { useRunView, useWorkoutRun } from "./use-workout-run.ts";

export function WorkoutPage({ classId }: { classId: string }) {
  const search = useSearch();
  const [replayFile, setReplayFile] = useState<File | null>(null);
  const [attempt, setAttempt] = useState(0);
  const choice = useMemo(() => choiceOf(search), [search]);
  const continueId = new URLSearchParams(search).get("continue");
  if (choice.source === "replay" && replayFile === null && continueId === null) {
    return <ReplayFileChoice onChoose={setReplayFile} />;
  }
  const again = () => setAttempt(attempt + 1);
  const open = (
    <OpenWorkout key={attempt} choice={{ ...choice, classId, continueId, replayFile }} onRetry={again} />
  );
  // A workout that goes on has its music already.
  if (continueId !== null) return open;
  return (
    <MusicWait classId={classId} swaps={choice.swaps}>
      {open}
    </MusicWait>
  );
}

function OpenWorkout({ choice, onRetry }: { choice: RunChoice; onRetry: () => void }) {
  const state = useWorkoutRun(choice);
  if (state.kind === "open") return <Running run={state.run} />;
  return (
    <main className="page">
      {state.kind === "loading" ? (
        <Loading what="your class" />
      ) : (
        <Failed error={state.error} onRetry={onRetry} />
      )}
    </main>
  );
}

function Running({ run }: { run: WorkoutRun }) {
  const { view, actions } = useRunView(run);
  const [, navigate] = useLocation();
  const over = view.snapshot.phase === "ended";
  const saved = over && view.keeping === "saved";
  const { leaves } = view;
  useEffect(() => {
    if (saved && leaves !== "nothing") navigate(routes.summary(run.id), { replace: true });
  }, [saved, leaves, navigate, run]);
  if (over && leaves === "nothing") return <NothingKept />;
  if (over && view.keeping === "no-consent") return <KeepQuestionPage workoutId={run.id} />;
  if (over && view.keeping === "offline") return <KeptHere />;
  if (over) {
    return (
      <main className="page">
        <Loading what="your summary" />
      </main>
    );
  }
  return (
    <>
      <WorkoutScreen view={view} actions={actions} />
      {view.trouble !== null && (
        <p className="workout-trouble" role="alert">
          {view.trouble}
        </p>
      )}
    </>
  );
}

/** After a private session that leaves nothing. */
function NothingKept() {
  return (
    <main className="page">
      <div className="state" role="status">
        <h1>Done, and nothing was kept</h1>
        <p className="state-text">Neither this browser nor the server has anything of this workout.</p>
        <LinkButton to={routes.today}>To the start page</LinkButton>
      </div>
    </main>
  );
}

/** Finished while the server is away. */
function KeptHere() {
  return (
    <main className="page">
      <div className="state" role="status">
        <h1>Your workout is kept in this browser</h1>
        <p className="state-text">
          The server does not answer at the moment. Leave this page open or come back later: as soon as the
          server is there, the workout moves to your history.
        </p>
        <LinkButton to={routes.today}>To the start page</LinkButton>
      </div>
    </main>
  );
}
