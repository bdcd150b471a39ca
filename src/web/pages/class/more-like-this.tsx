import { useSimilarClasses } from "../../api/queries.ts";
import { ClassCard } from "../../ui/class-card.tsx";
import { Section } from "../../ui/page.tsx";

/** A way on for those who like the class, or nearly do. Nothing where nothing is alike. */
export function MoreLikeThis({ classId }: { classId: string }) {
  const items = useSimilarClasses(classId).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="More like this">
      <ul className="class-cards" aria-label="Classes like this one">
        {items.map((summary) => (
          <ClassCard key={summary.id} summary={summary} />
        ))}
      </ul>
    </Section>
  );
}
