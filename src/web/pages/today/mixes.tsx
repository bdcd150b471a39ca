/** A class with music of one mood, four to choose from, each started with one press. */
import { Link } from "wouter";
import type { Recommendations } from "#protocol/api/recommendations.ts";
import type { ClassSummary } from "#protocol/api/schemas.ts";
import { classMeta } from "../../ui/class-card.tsx";
import { LinkButton } from "../../ui/controls.tsx";
import { capital } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";

type Mix = Recommendations["mixes"][number];

/** How driving the music is over the class: full height is energy 1. */
function EnergyArc({ blocks, durationS }: Pick<ClassSummary, "blocks" | "durationS">) {
  const points = blocks.flatMap(({ startS, durationS: blockS, energy }) => [
    `${(100 * startS) / durationS},${24 * (1 - energy.from)}`,
    `${(100 * (startS + blockS)) / durationS},${24 * (1 - energy.to)}`,
  ]);
  return (
    <svg className="energy-arc" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      <polygon points={`0,24 ${points.join(" ")} 100,24`} />
    </svg>
  );
}

function MixCard({ mix: { mood, text, class: plan } }: { mix: Mix }) {
  const name = capital(mood);
  return (
    <li className="mix">
      <EnergyArc blocks={plan.blocks} durationS={plan.durationS} />
      <div className="mix-words">
        <h3>
          <Link href={routes.class(plan.id)}>{name}</Link>
        </h3>
        <p className="small">{text}</p>
        <p className="muted small">
          {plan.title.replace(`, ${mood}`, "")}
          <br />
          {classMeta(plan)}
        </p>
      </div>
      <LinkButton to={routes.workout(plan.id)} icon="play">
        Start<span className="visually-hidden"> the {mood} mix</span>
      </LinkButton>
    </li>
  );
}

export function Mixes({ mixes }: { mixes: readonly Mix[] }) {
  return (
    <Section title="By mood">
      <ul className="mixes" aria-label="Mixes by mood">
        {mixes.map((mix) => (
          <MixCard key={mix.mood} mix={mix} />
        ))}
      </ul>
    </Section>
  );
}
