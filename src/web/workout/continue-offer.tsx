/** "Continue your workout": shown where a person comes back to after a reload or a crash. */
import { useEffect, useState } from "react";
import { Button, LinkButton } from "../ui/controls.tsx";
import { clock } from "../ui/format.ts";
import { routes } from "../ui/routes.ts";
import { openKeep } from "./keep/keep.ts";
import type { KeptWorkout } from "./keep/kept-workout.ts";
import { runningElsewhere } from "./run-lock.ts";

async function interruptedWorkout(): Promise<KeptWorkout | null> {
  const keep = await openKeep();
  for (const workout of await keep.unfinished()) {
    if (!(await runningElsewhere(workout.head.id))) return workout;
  }
  return null;
}

export function ContinueOffer() {
  const [workout, setWorkout] = useState<KeptWorkout | null>(null);
  useEffect(() => {
    let left = false;
    const look = async () => {
      const found = await interruptedWorkout().catch(() => null); // no database, nothing kept
      if (!left) setWorkout(found);
    };
    void look();
    return () => {
      left = true;
    };
  }, []);
  if (workout === null) return null;
  const { head, checkpoint } = workout;
  const end = async () => {
    await (await openKeep()).endAsItIs(head.id);
    setWorkout(null);
  };
  return (
    <section className="note music" aria-label="Interrupted workout">
      <h2>Continue your workout</h2>
      <p>
        {head.classTitle} stopped at {clock(checkpoint?.elapsedS ?? 0)}. Nothing of it is lost.
      </p>
      <LinkButton to={routes.continueWorkout(head.classId, head.id)}>Continue</LinkButton>
      <Button weight="quiet" onPress={() => void end()}>
        End it here
      </Button>
    </section>
  );
}
