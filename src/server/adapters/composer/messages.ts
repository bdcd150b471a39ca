import type { ComposedFile } from "#server/ports/demo-composer.ts";

/** Compose this track and write its audio there. One at a time: the next order follows the reply. */
export interface ComposeOrder {
  readonly trackId: string;
  readonly path: string;
}

export type ComposeReply = { readonly file: ComposedFile } | { readonly failure: string };
