/** A class in a list: what it is, how long, and its profile along the foot. */
import { Link } from "wouter";
import type { ClassSummary } from "#protocol/api/schemas.ts";
import { ClassProfile } from "./class-profile/class-profile.tsx";
import { capital, spell } from "./format.ts";
import { routes } from "./routes.ts";
import "./class-card.css";

type MetaOf = Pick<ClassSummary, "sport" | "durationS" | "intensity">;

/** "Cycling · 45 min · hard" */
export function classMeta({ sport, durationS, intensity }: MetaOf): string {
  return [capital(sport), spell(durationS), intensity].join(" · ");
}

export function ClassCard({ summary }: { summary: ClassSummary }) {
  const { id, title, why, durationS, blocks } = summary;
  return (
    <li className="class-card">
      <Link href={routes.class(id)}>
        <div className="class-card-words">
          <h2>{title}</h2>
          <p className="muted small">{classMeta(summary)}</p>
          {why[0] !== undefined && <p className="small class-card-why">{why[0]}</p>}
        </div>
        <ClassProfile size="card" durationS={durationS} blocks={blocks} decorative />
      </Link>
    </li>
  );
}
