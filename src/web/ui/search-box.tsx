/** Searching by a sentence: where it is typed, and what was understood of it. */
import { useEffect, useState } from "react";
import type { SearchChip } from "#protocol/api/schemas.ts";
import { Chip } from "./controls.tsx";
import { Icon } from "./icon.tsx";
import { withoutSpan } from "./without-span.ts";
import "./search-box.css";

/** Typing settles before it is sent. */
const settleMs = 200;

interface SearchBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

export function SearchBox({ label, placeholder, query, onQuery }: SearchBoxProps) {
  // What is being typed; null once the address says the same.
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      onQuery(typed);
      setTyped(null);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [typed, onQuery]);
  return (
    <form className="search" role="search" onSubmit={(event) => event.preventDefault()}>
      <Icon name="search" size={24} />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        maxLength={300}
        value={typed ?? query}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}

interface UnderstoodProps {
  readonly query: string;
  readonly chips: readonly SearchChip[];
  readonly onQuery: (query: string) => void;
}

/** What was understood of the sentence. Removing a chip takes its words out. */
export function Understood({ query, chips, onQuery }: UnderstoodProps) {
  if (chips.length === 0) return null;
  return (
    <ul className="understood" aria-label="Understood">
      {chips.map((chip) => (
        <li key={`${chip.spanStart} ${chip.label}`}>
          <Chip onRemove={() => onQuery(withoutSpan(query, chip))}>{chip.label}</Chip>
        </li>
      ))}
    </ul>
  );
}
