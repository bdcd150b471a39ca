/**
 * Preloaded into every test process: property tests draw the same cases in every run, so that a red check means a changed
 * programme. Set UPBEAT_SEED to search elsewhere.
 */
import { configureGlobal } from "fast-check";

configureGlobal({ seed: Number(process.env.UPBEAT_SEED ?? 8120) });
