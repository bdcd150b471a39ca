import { nothingSaid, type SaidTaste } from "#domain/taste/evidence.ts";
import type { TasteImport } from "#domain/taste/imports.ts";
import type { Sealer } from "#server/ports/sealer.ts";
import type { TasteStore } from "#server/ports/taste-store.ts";

/** The row that holds what a person said; imports have rows of their own. */
export const saidRow = "said";

export interface KeptTaste {
  readonly said: SaidTaste;
  readonly imports: readonly TasteImport[];
}

/** What a person said and imported, as sealed rows. */
export class SealedTaste {
  readonly #store: TasteStore;
  readonly #sealer: Sealer;

  constructor(store: TasteStore, sealer: Sealer) {
    this.#store = store;
    this.#sealer = sealer;
  }

  async put(personId: string, id: string, value: SaidTaste | TasteImport): Promise<void> {
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await this.#sealer.seal({ personId, category: "taste", rowId: id }, plain);
    await this.#store.putTaste({ personId, id, sealed });
  }

  /** Rejects with `SealError` when the person's key is gone. */
  async read(personId: string): Promise<KeptTaste> {
    const rows = await this.#store.tasteOf(personId);
    let said = nothingSaid;
    const imports: TasteImport[] = [];
    for (const { id, sealed } of rows) {
      const plain = await this.#sealer.open({ personId, category: "taste", rowId: id }, sealed);
      const value = JSON.parse(new TextDecoder().decode(plain)) as unknown;
      if (id === saidRow) said = value as SaidTaste;
      else imports.push(value as TasteImport);
    }
    return { said, imports };
  }

  async remove(personId: string, id: string): Promise<void> {
    await this.#store.removeTaste(personId, id);
  }
}
