import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import type { Folders } from "#server/ports/folders.ts";
import { Refusal } from "#server/use-cases/refusal.ts";

export const diskFolders: Folders = {
  async real(path) {
    if (path.includes("\0") || !isAbsolute(path)) {
      throw new Refusal("invalid", "Give the folder's full path, beginning with /.");
    }
    try {
      const real = await realpath(path);
      if (!(await stat(real)).isDirectory()) throw new Refusal("invalid", `${path} is not a folder.`);
      await access(real, constants.R_OK | constants.X_OK);
      return real;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal("invalid", `${path} is not there, or the server may not read it.`);
    }
  },
};
