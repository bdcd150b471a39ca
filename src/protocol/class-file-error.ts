/** A class file that cannot be read; the message is one line for the person who gave it. */
export class ClassFileError extends Error {
  override name = "ClassFileError";
}

/** Real class files are a few kilobytes; a megabyte holds any that a person wrote. */
export const maxClassFileBytes = 1_000_000;
