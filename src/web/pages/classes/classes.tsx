import { Link, useLocation, useSearch } from "wouter";
import { intensities, sports } from "#domain/class-plan.ts";
import { itemsOf, useClasses } from "../../api/queries.ts";
import { ClassCard } from "../../ui/class-card.tsx";
import { Button, LinkButton } from "../../ui/controls.tsx";
import { capital } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { SearchBox, Understood } from "../../ui/search-box.tsx";
import { routes } from "../../ui/routes.ts";
import { Empty, Loaded } from "../../ui/states.tsx";
import { useUndo } from "../../ui/undo.tsx";
import { apiFilterOf, fieldsOf, lengths, searchOf, type FilterFields } from "./filter.ts";
import "./classes.css";

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <select
      className={value === "" ? "select" : "select chosen"}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

const sportOptions = [
  { value: "", label: "Any sport" },
  ...sports.map((value) => ({ value: value as string, label: capital(value) })),
];
const intensityOptions = [
  { value: "", label: "Any intensity" },
  ...intensities.map((value) => ({ value: value as string, label: capital(value) })),
];

interface ResultsProps {
  readonly fields: FilterFields;
  readonly onQuery: (query: string) => void;
}

function Results({ fields, onQuery }: ResultsProps) {
  const classes = useClasses(apiFilterOf(fields));
  const { goneIds } = useUndo();
  const chips = classes.data?.pages[0]?.chips ?? [];
  return (
    <Loaded query={classes} what="classes">
      {(data) => {
        const items = itemsOf(data).filter(({ id }) => !goneIds.has(id));
        const understood = <Understood query={fields.query.trim()} chips={chips} onQuery={onQuery} />;
        if (items.length === 0) {
          return (
            <>
              {understood}
              <NothingFound fields={fields} />
            </>
          );
        }
        return (
          <>
            {understood}
            {classes.data?.pages[0]?.usesWorkouts === true && (
              <p className="muted small">
                What suits you now comes first, by what you did lately.{" "}
                <Link href={routes.consent}>Why it may</Link>
              </p>
            )}
            <ul className="class-cards" aria-label="Classes" aria-busy={classes.isPlaceholderData}>
              {items.map((summary) => (
                <ClassCard key={summary.id} summary={summary} />
              ))}
            </ul>
            {classes.hasNextPage && (
              <div>
                <Button onPress={() => void classes.fetchNextPage()} busy={classes.isFetchingNextPage}>
                  Show more
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function NothingFound({ fields }: { fields: FilterFields }) {
  const narrowing = [fields.sport, fields.length, fields.intensity].filter((value) => value !== "");
  return (
    <Empty title="No class fits all of that">
      <p>
        {narrowing.length > 0
          ? "Set one of the filters above back to any, or use fewer words."
          : "Use fewer words, or others: a sport, a length and how hard it should be are understood best."}
      </p>
      <p>Try “30 min easy ride”, “45 min run, hard” or “row 20 minutes, no sprints”.</p>
    </Empty>
  );
}

/** What people of this server made, before everything else. */
function OwnClasses() {
  const own = useClasses({ own: true });
  const { goneIds } = useUndo();
  const items = itemsOf(own.data).filter(({ id }) => !goneIds.has(id));
  if (items.length === 0) return null;
  return (
    <Section title="Your classes">
      <ul className="class-cards" aria-label="Your classes">
        {items.map((summary) => (
          <ClassCard key={summary.id} summary={summary} />
        ))}
      </ul>
    </Section>
  );
}

export function ClassesPage() {
  const search = useSearch();
  const [, navigate] = useLocation();
  const fields = fieldsOf(search);
  const change = (changed: Partial<FilterFields>) =>
    navigate(routes.classes(searchOf({ ...fields, ...changed })), { replace: true });
  return (
    <Page
      title="Classes"
      action={
        <>
          <LinkButton to={routes.programmes} weight="quiet">
            Programmes
          </LinkButton>
          <LinkButton to={routes.newClass()} weight="quiet">
            New class
          </LinkButton>
        </>
      }
    >
      <div className="finder">
        <SearchBox
          label="Search classes"
          placeholder="30 min easy ride, tired legs"
          query={fields.query}
          onQuery={(query) => change({ query })}
        />
        <div className="filters">
          <Select
            label="Sport"
            value={fields.sport}
            options={sportOptions}
            onChange={(sport) => change({ sport })}
          />
          <Select
            label="Length"
            value={fields.length}
            options={lengths}
            onChange={(length) => change({ length })}
          />
          <Select
            label="Intensity"
            value={fields.intensity}
            options={intensityOptions}
            onChange={(intensity) => change({ intensity })}
          />
        </div>
      </div>
      {searchOf(fields) === "" && <OwnClasses />}
      <Results fields={fields} onQuery={(query) => change({ query })} />
    </Page>
  );
}
