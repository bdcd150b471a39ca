/** How the week stands, and what was done last. */
import { Link } from "wouter";
import type { Workout } from "#protocol/api/workouts.ts";
import { dayAndTime, spell } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { lastSevenDays } from "./seven-days.ts";

export function Week({ workouts, nowMs }: { workouts: readonly Workout[]; nowMs: number }) {
  const days = lastSevenDays(workouts, nowMs);
  const most = Math.max(1800, ...days.map(({ seconds }) => seconds));
  const total = days.reduce((sum, { seconds }) => sum + seconds, 0);
  const named = new Intl.DateTimeFormat(undefined, { weekday: "short" });
  return (
    <Section title="Seven days" aside={total > 0 && <span className="muted figures">{spell(total)}</span>}>
      <ol className="week">
        {days.map(({ startMs, seconds, today }) => (
          <li key={startMs} className={today ? "today" : undefined}>
            <div className="week-bar" aria-hidden="true">
              <div style={{ blockSize: `${(seconds / most) * 100}%` }} />
            </div>
            <span>{named.format(startMs)}</span>
            <span className="visually-hidden">{seconds === 0 ? "nothing" : spell(seconds)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

export function LastWorkout({ workout }: { workout: Workout | undefined }) {
  return (
    <Section title="Last workout">
      {workout === undefined ? (
        <p className="muted">
          Nothing yet. Press Start above; afterwards this tells you what you did and which tracks lifted you.
        </p>
      ) : (
        <div className="last">
          <p>
            <Link href={routes.summary(workout.id)}>{workout.classTitle}</Link>{" "}
            <span className="muted">{dayAndTime(workout.startedAtMs)}</span>
          </p>
          <p className="muted">{workout.text}</p>
        </div>
      )}
    </Section>
  );
}
