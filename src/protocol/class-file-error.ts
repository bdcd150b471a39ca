/** A class file that cannot be read; the message is one line for the person who gave it. */
export class ClassFileError extends Error {
  override name = "ClassFileError";
}

/** Real class files are a few kilobytes; a megabyte holds any that a person wrote. */
export const maxClassFileBytes = 1_000_000;
/** Blocks after repeats are expanded: a block every five seconds for seven hours. */
export const maxBlocks = 5_000;
export const maxCues = 5_000;
export const maxCueLength = 500;
export const maxTitleLength = 200;
export const maxDescriptionLength = 5_000;
/** A day: longer is a mistake. */
export const maxDurationS = 86_400;
/** Sprints reach three times FTP; more than this is watts mistaken for a share. */
export const maxPowerShare = 5;
