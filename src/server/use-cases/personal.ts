/** Everything that is one person's own, put together: what they allow, their workouts, and what is learned from them. */
import { catalogue } from "#domain/catalogue/index.ts";
import { programmes } from "#domain/programme/programmes.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { Sealer } from "#server/ports/sealer.ts";
import type { Store } from "#server/ports/store.ts";
import type { AuditTrail } from "./audit.ts";
import { createBiometrics, type BiometricsOfEverybody } from "./biometrics/index.ts";
import { createClassBook, type ClassBook } from "./class-book.ts";
import { createConsents, type Consents } from "./consents.ts";
import type { CountedTracks } from "./counted-tracks.ts";
import { createErasures, type Erasures } from "./erasure.ts";
import { createKeepTaste, type KeepTaste } from "./keep-taste.ts";
import { createSealedClasses } from "./sealed-classes.ts";
import { createRotateKeys, type RotateKeys } from "./rotate-keys.ts";
import { createLessons } from "./lessons.ts";
import {
  createJudgeClasses,
  createRecommendClasses,
  type JudgeClasses,
  type RecommendClasses,
} from "./recommend-classes.ts";

interface PersonalParts {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly audit: AuditTrail;
  readonly library: CountedTracks;
  readonly clock: Clock;
}

export interface Personal {
  readonly consents: Consents;
  readonly erasures: Erasures;
  readonly biometrics: BiometricsOfEverybody;
  readonly taste: KeepTaste;
  readonly classes: ClassBook;
  /** Makes what was kept before it was a person's the owner's. */
  adoptEarlier(ownerId: string): Promise<void>;
  readonly rotateKeys: RotateKeys;
  readonly recommend: RecommendClasses;
  readonly judge: JudgeClasses;
}

export function createPersonal({ store, sealer, audit, library, clock }: PersonalParts): Personal {
  const consents = createConsents(store.consents, store.settings, clock);
  const sealedClasses = createSealedClasses(store.ownClasses, sealer);
  const classes = createClassBook(catalogue, sealedClasses);
  const biometrics = createBiometrics({ store, sealer, consents, audit, classes, clock });
  const lessons = createLessons({ ...biometrics, consents });
  const taste = createKeepTaste({ taste: store.taste, sealer, library, lessons, consents, clock });
  const learned = { classes, programmes, lessons, taste, consents, audit, clock };
  const erasure: Store["erasure"] = {
    async eraseRowsOf(personId) {
      await store.erasure.eraseRowsOf(personId);
      biometrics.drop(personId);
      lessons.drop(personId);
      taste.drop(personId);
      classes.drop(personId);
    },
  };
  const erasures = createErasures({ store: { ...store, erasure }, sealer, clock });
  return {
    consents,
    erasures,
    biometrics,
    taste,
    classes,
    async adoptEarlier(ownerId) {
      await taste.adoptEarlier(ownerId);
      await sealedClasses.adoptEarlier(ownerId);
    },
    recommend: createRecommendClasses(learned),
    rotateKeys: createRotateKeys(store.people, sealer),
    judge: createJudgeClasses(learned),
  };
}
