/** The next session of every programme in progress. */
import { Link } from "wouter";
import type { ProgrammeSummary } from "#protocol/api/programmes.ts";
import { LinkButton } from "../../ui/controls.tsx";
import { spell } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { ProgressBar } from "../programmes/progress-bar.tsx";
import "../programmes/programmes.css";

interface NextSessionsProps {
  readonly programmes: readonly ProgrammeSummary[];
  /** A class that the page suggests already. */
  readonly shownId: string | undefined;
}

export function NextSessions({ programmes, shownId }: NextSessionsProps) {
  // Whoever happens to do a class of its middle has not begun a programme.
  const begun = programmes.flatMap(({ next, ...programme }) =>
    next === null || (next.week === 1 && next.number === 1) || next.classId === shownId
      ? []
      : [{ ...programme, next }],
  );
  if (begun.length === 0) return null;
  return (
    <Section title="Your programme">
      <ul className="next-sessions" aria-label="Next sessions">
        {begun.map(({ id, title, next, doneCount, sessionCount }) => (
          <li key={id}>
            <div className="next-session-words">
              <p>
                <Link href={routes.class(next.classId)}>{next.title}</Link>{" "}
                <span className="muted">
                  {spell(next.durationS)}, {next.intensity}
                </span>
              </p>
              <p className="muted small">
                <Link href={routes.programme(id)}>{title}</Link>: session {doneCount + 1} of {sessionCount}
              </p>
              <ProgressBar done={doneCount} total={sessionCount} />
            </div>
            <LinkButton to={routes.workout(next.classId)} icon="play">
              Start<span className="visually-hidden"> {next.title}</span>
            </LinkButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}
