/** How large a class may be, wherever it comes from: files, the editor, other programs. */
export const classLimits = {
  /** After repeats are written out: a block every five seconds for seven hours. */
  blocks: 5_000,
  cues: 5_000,
  cueLength: 500,
  titleLength: 200,
  descriptionLength: 5_000,
  /** A day: longer is a mistake. */
  durationS: 86_400,
  /** Sprints reach three times FTP; more than this is watts mistaken for a share. */
  powerShare: 5,
  /** Nobody turns or steps faster. */
  cadence: 300,
} as const;
