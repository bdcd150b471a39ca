/** Before a class whose music is still being made or read: how far it is, and on by itself when enough is there. */
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import type { Swap } from "#domain/soundtrack.ts";
import type { LibraryInfo } from "#protocol/api/schemas.ts";
import { isEnough, isFilling, useClassMusic } from "../api/class-music.ts";
import { useLibraryEvents } from "../api/library-events.ts";
import { libraryDoing } from "../pages/music/progress.tsx";
import { Button } from "../ui/controls.tsx";
import { CrankMark } from "../ui/crank/crank.tsx";
import { routes } from "../ui/routes.ts";
import { Empty, Loading } from "../ui/states.tsx";
import "../pages/music/music.css";

interface MusicWaitProps {
  readonly classId: string;
  readonly swaps: readonly Swap[];
  readonly children: ReactNode;
}

/** Shows its children once the class has music enough, and from then on. */
export function MusicWait({ classId, swaps, children }: MusicWaitProps) {
  useLibraryEvents();
  const music = useClassMusic(classId, swaps);
  const { library, error } = music;
  const [began, setBegan] = useState(false);
  // Why a class cannot be planned is said by the page behind.
  const isReady = isEnough(music) || (error !== null && (library?.tracks ?? 0) > 0);
  if (isReady && !began) setBegan(true);
  if (began) return <>{children}</>;
  return (
    <main className="page">
      <Link href={routes.class(classId)} className="page-back small">
        <span aria-hidden="true">←</span> The class
      </Link>
      {library === undefined && <Loading what="your class" />}
      {library !== undefined && !isFilling(library) && <NoMusic />}
      {library !== undefined && isFilling(library) && (
        <Filling progress={library.progress} hasSome={library.tracks > 0} onBegin={() => setBegan(true)} />
      )}
    </main>
  );
}

function NoMusic() {
  return (
    <Empty title="There is no music yet">
      <p>Add a folder on the Music page. This class opens by itself when its first tracks are ready.</p>
      <Link href={routes.music}>To the Music page</Link>
    </Empty>
  );
}

interface FillingProps {
  readonly progress: LibraryInfo["progress"];
  /** Whether there is anything to begin with. */
  readonly hasSome: boolean;
  readonly onBegin: () => void;
}

function Filling({ progress, hasSome, onBegin }: FillingProps) {
  const { done, total } = progress;
  const doing = libraryDoing(progress);
  return (
    <div className="state">
      <CrankMark size={32} turning />
      <h1>Your music is on its way</h1>
      <div className="library-progress" role="status">
        <p className="figures">{total === 0 ? doing : `${doing}: ${done} of ${total} ready`}</p>
        <progress max={Math.max(1, total)} value={done} aria-label={doing} />
      </div>
      <p className="state-text">
        The tracks this class needs come first. It opens by itself as soon as they last from start to end.
      </p>
      {hasSome && <Button onPress={onBegin}>Begin with what is there</Button>}
    </div>
  );
}
