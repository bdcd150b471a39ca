/** New keys for people, and the ends of rotations that were interrupted. */
import type { Sealer } from "#server/ports/sealer.ts";
import type { PeopleStore } from "#server/ports/store.ts";
import { Refusal } from "./refusal.ts";
import { sameName } from "./sign-in.ts";

export interface RotateKeys {
  of(personId: string): Promise<void>;
  /** Of the one with this name, or of everybody (null). Answers of how many. Rejects with "not-found". */
  named(name: string | null): Promise<number>;
  /** What was interrupted by the end of the server is done. */
  finish(): Promise<void>;
}

export function createRotateKeys(people: PeopleStore, sealer: Sealer): RotateKeys {
  return {
    of: (personId) => sealer.rotate(personId),
    async named(name) {
      const everybody = await people.everybody();
      const meant = name === null ? everybody : everybody.filter((person) => sameName(person.name, name));
      if (name !== null && meant.length === 0) throw new Refusal("not-found", "Nobody here has that name.");
      for (const { id } of meant) await sealer.rotate(id);
      return meant.length;
    },
    async finish() {
      for (const { id } of await people.everybody()) await sealer.finishRotation(id);
    },
  };
}
