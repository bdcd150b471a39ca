import type { Goal } from "../report.ts";

export const goals: readonly Goal[] = [
  { figure: "all tempo accuracy 1", goal: ">= 0.92" },
  { figure: "all tempo accuracy 2", goal: ">= 0.98" },
  { figure: "all beat F", goal: ">= 0.92" },
  { figure: "all downbeat F", goal: ">= 0.80" },
  { figure: "recordings beat F", goal: ">= 0.90" },
  { figure: "drift beat F", goal: ">= 0.92" },
  { figure: "electronic downbeat F", goal: ">= 0.60" },
  { figure: "confident share", goal: ">= 0.60" },
  { figure: "confident beat F", goal: ">= 0.97" },
  { figure: "key, MIREX score", goal: "above both peers'" },
  { figure: "PCM x real time", goal: ">= degara's" },
  { figure: "with decode x real time", goal: ">= 60" },
  { figure: "memory for 10 minutes, MB", goal: "<= 300" },
];
