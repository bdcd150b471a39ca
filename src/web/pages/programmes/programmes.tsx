/** Programmes to choose from: the ones begun first, each with its next session. */
import { Link } from "wouter";
import type { ProgrammeSummary } from "#protocol/api/programmes.ts";
import { useProgrammes } from "../../api/queries.ts";
import { capital } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded } from "../../ui/states.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import "./programmes.css";

function Entry({ programme }: { programme: ProgrammeSummary }) {
  const { id, title, sport, level, weeks, sessionCount, doneCount, next, description } = programme;
  return (
    <li className="programme">
      <div className="programme-words">
        <h2>
          <Link href={routes.programme(id)}>{title}</Link>
        </h2>
        <p className="muted small">
          {capital(sport)} · {weeks} weeks, {sessionCount} sessions · {level}
        </p>
        <p>{description}</p>
        {doneCount > 0 && next !== null && (
          <p className="small">
            Next: <Link href={routes.class(next.classId)}>{next.title}</Link>
          </p>
        )}
      </div>
      {doneCount > 0 && <ProgressBar done={doneCount} total={sessionCount} />}
    </li>
  );
}

export function ProgrammesPage() {
  const programmes = useProgrammes();
  return (
    <Page
      title="Programmes"
      back={{ to: routes.classes(), label: "Classes" }}
      lead="Classes in an order that builds up. What you have done of one follows from your workouts; nobody else sees it."
    >
      <Loaded query={programmes} what="programmes">
        {({ items }) => (
          <ul className="programmes" aria-label="Programmes">
            {items
              .toSorted((one, other) => Number(other.doneCount > 0) - Number(one.doneCount > 0))
              .map((programme) => (
                <Entry key={programme.id} programme={programme} />
              ))}
          </ul>
        )}
      </Loaded>
    </Page>
  );
}
