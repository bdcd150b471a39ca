/** One programme: its next session to start, and every session week by week. */
import { Link } from "wouter";
import type { ProgrammeDetail } from "#protocol/api/programmes.ts";
import { useProgramme } from "../../api/queries.ts";
import { LinkButton } from "../../ui/controls.tsx";
import { capital, dayAndTime, spell } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded } from "../../ui/states.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import "./programmes.css";

type Session = ProgrammeDetail["sessions"][number];

function SessionRow({ session, isNext }: { session: Session; isNext: boolean }) {
  const { number, classId, title, durationS, intensity, doneAtMs } = session;
  return (
    <li className="session" aria-current={isNext ? "step" : undefined}>
      <span className="session-mark figures muted">
        {doneAtMs === null ? number : <Icon name="check" size={18} />}
      </span>
      <div>
        <Link href={routes.class(classId)}>{title}</Link>
        <p className="muted small">
          {doneAtMs === null
            ? `${spell(durationS)} · ${intensity}${isNext ? " · next" : ""}`
            : `Done ${dayAndTime(doneAtMs)}`}
        </p>
      </div>
    </li>
  );
}

function Weeks({ programme }: { programme: ProgrammeDetail }) {
  const { sessions, next } = programme;
  const weeks = Map.groupBy(sessions, ({ week }) => week);
  const isNext = ({ week, number }: Session) => next !== null && next.week === week && next.number === number;
  return (
    <div className="weeks">
      {[...weeks].map(([week, ofWeek]) => (
        <Section key={week} title={`Week ${week}`}>
          <ol aria-label={`Sessions of week ${week}`}>
            {ofWeek.map((session) => (
              <SessionRow key={session.number} session={session} isNext={isNext(session)} />
            ))}
          </ol>
        </Section>
      ))}
    </div>
  );
}

function ProgrammeView({ programme }: { programme: ProgrammeDetail }) {
  const { title, sport, level, weeks, description, next, doneCount, sessionCount } = programme;
  return (
    <Page
      title={title}
      back={{ to: routes.programmes, label: "Programmes" }}
      lead={`${capital(sport)} · ${weeks} weeks · ${level}`}
      action={
        next !== null && (
          <LinkButton to={routes.class(next.classId)} weight="primary" icon="play">
            {doneCount === 0 ? "Begin" : "Next session"}
          </LinkButton>
        )
      }
    >
      <div className="programme-head">
        <p>{description}</p>
        <ProgressBar done={doneCount} total={sessionCount} />
        <p className="small muted">
          {next === null
            ? "All of it is done."
            : `${doneCount} of ${sessionCount} done. A session counts once you have finished its class, or four fifths of it.`}
        </p>
      </div>
      <Weeks programme={programme} />
    </Page>
  );
}

export function ProgrammePage({ id }: { id: string }) {
  const query = useProgramme(id);
  if (query.data !== undefined) return <ProgrammeView programme={query.data} />;
  return (
    <Page title="Programme" back={{ to: routes.programmes, label: "Programmes" }}>
      <Loaded query={query} what="the programme">
        {() => null}
      </Loaded>
    </Page>
  );
}
