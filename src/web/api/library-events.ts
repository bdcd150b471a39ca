import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { LibraryInfo } from "#protocol/api/schemas.ts";
import { apiPaths } from "#client/paths.ts";
import { queryKeys } from "./queries.ts";

/** At most this often is the track list fetched again while a scan runs. */
const refreshEveryMs = 4000;

/** Keeps the library's progress current from server-sent events, while the page that shows it is open. */
export function useLibraryEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    const events = new EventSource(apiPaths.libraryEvents);
    let refreshedMs = 0;
    events.addEventListener("progress", (event: MessageEvent<string>) => {
      const progress = JSON.parse(event.data) as LibraryInfo["progress"];
      client.setQueryData<LibraryInfo>(queryKeys.library, (info) => info && { ...info, progress });
      const nowMs = performance.now();
      if (progress.state !== "idle" && nowMs - refreshedMs < refreshEveryMs) return;
      refreshedMs = nowMs;
      void client.invalidateQueries({ queryKey: queryKeys.library });
      void client.invalidateQueries({ queryKey: queryKeys.tracks });
    });
    return () => events.close();
  }, [client]);
}
