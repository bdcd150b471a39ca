/** Video files that people chose, kept in this browser: nothing of them leaves the device. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { isFileOf, type ClassVideo } from "#domain/class-video.ts";

interface VideoSchema extends DBSchema {
  /** By class id. */
  files: { key: string; value: File };
}

let opened: Promise<IDBPDatabase<VideoSchema>> | null = null;

function database(): Promise<IDBPDatabase<VideoSchema>> {
  opened ??= openDB<VideoSchema>("upbeat-videos", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("files");
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** Rejects where the browser has no room for it. */
export async function keepVideoFile(classId: string, file: File): Promise<void> {
  await (await database()).put("files", file, classId);
}

/** The file that a class means, also one that was chosen for another class; null where this browser has none. */
export async function videoFileOf(video: ClassVideo): Promise<File | null> {
  const files = await (await database()).getAll("files");
  return files.find((file) => isFileOf(video, file)) ?? null;
}

export async function forgetVideoFile(classId: string): Promise<void> {
  await (await database()).delete("files", classId);
}
