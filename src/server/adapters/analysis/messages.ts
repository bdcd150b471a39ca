import type { AnalysedFile } from "#server/ports/analyser.ts";

/** Analyse this file. One at a time: the next order follows the reply. */
export interface AnalyseOrder {
  readonly path: string;
}

export type AnalyseReply =
  /** Still at work: sent now and then, so that a hang can be told from a long file. */
  { readonly alive: true } | { readonly file: AnalysedFile } | { readonly unusable: string };
