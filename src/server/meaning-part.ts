/** Puts together the search by meaning: off, unless the owner has set up an embeddings endpoint. */
import { httpEmbedder, type EmbeddingsEndpoint } from "./adapters/embeddings/http-embedder.ts";
import { guardedOutbound } from "./adapters/outbound/guarded-outbound.ts";
import { systemClock } from "./adapters/system.ts";
import { createClassMeaning, type ClassMeaning, type MeaningParts } from "./use-cases/class-meaning.ts";

/** An endpoint that failed is asked for the rest this much later. */
const refillEveryMs = 60_000;

export interface MeaningPart {
  readonly meaning: ClassMeaning | null;
  start(): void;
  close(): Promise<void>;
}

export function assembleMeaning(
  endpoint: EmbeddingsEndpoint | null,
  parts: Omit<MeaningParts, "embedder" | "clock">,
): MeaningPart {
  if (endpoint === null) return { meaning: null, start: () => {}, close: async () => {} };
  const { origin } = new URL(endpoint.url);
  // A way out of its own: that the owner has named this address allows it to nothing else.
  const outbound = guardedOutbound({ allowed: { has: (asked) => asked === origin } });
  const meaning = createClassMeaning({
    ...parts,
    embedder: httpEmbedder(endpoint, outbound),
    clock: systemClock,
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    meaning,
    start() {
      void meaning.fill();
      timer = setInterval(() => void meaning.fill(), refillEveryMs);
    },
    async close() {
      clearInterval(timer);
      await meaning.close();
      await outbound.close();
    },
  };
}
