/** How far the library is: a line on other pages, the bar on the music page. */
import type { LibraryInfo } from "#protocol/api/schemas.ts";
import { Link } from "wouter";
import { useLibraryEvents } from "../../api/library-events.ts";
import { useLibrary } from "../../api/queries.ts";
import { count, spell } from "../../ui/format.ts";
import { routes } from "../../ui/routes.ts";

type Progress = LibraryInfo["progress"];

export function libraryDoing(progress: Progress): string {
  return progress.state === "composing" ? "Composing the demo library" : "Reading your music";
}

/** "12 of 80 tracks, 34 a minute, 2 min left" */
export function progressText({ done, total, tracksPerMinute, secondsLeft, failed }: Progress): string {
  const parts = [
    `${done} of ${count(total, "track")}`,
    tracksPerMinute > 0 ? `${Math.round(tracksPerMinute)} a minute` : null,
    secondsLeft === null ? null : `about ${spell(secondsLeft)} left`,
    failed === 0 ? null : `${failed} could not be used`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** One line while the library fills; nothing otherwise. */
export function LibraryLine() {
  useLibraryEvents();
  const progress = useLibrary().data?.progress;
  if (progress === undefined || progress.state === "idle") return null;
  return (
    <p className="small">
      <Link href={routes.music}>{libraryDoing(progress)}</Link>: {progressText(progress)}.
    </p>
  );
}

export function LibraryProgressBar({ progress }: { progress: Progress }) {
  if (progress.state === "idle") return null;
  const label = libraryDoing(progress);
  return (
    <div className="library-progress" role="group" aria-label={label}>
      <p>
        <strong>{label}</strong> <span className="muted figures">{progressText(progress)}</span>
      </p>
      <progress max={Math.max(1, progress.total)} value={progress.done} aria-label={label} />
      <p className="muted small library-current">{progress.current ?? " "}</p>
    </div>
  );
}
