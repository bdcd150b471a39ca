/** The class's video beside the instruments; on a phone above them. */
import { useCallback, useState } from "react";
import { Button } from "../../ui/controls.tsx";
import { fileSize } from "../../ui/format.ts";
import { VideoFileButton } from "../../ui/video-file-button.tsx";
import type { ScreenVideo, WorkoutActions } from "./contract.ts";
import "./video.css";

const storageKey = "upbeat.video";

export interface VideoChoice {
  readonly isHidden: boolean;
  readonly toggle: () => void;
}

/** Whether videos are shown; remembered in this browser. */
export function useVideoChoice(): VideoChoice {
  const [isHidden, setHidden] = useState(() => localStorage.getItem(storageKey) === "hidden");
  const toggle = useCallback(() => {
    setHidden(!isHidden);
    localStorage.setItem(storageKey, isHidden ? "shown" : "hidden");
  }, [isHidden]);
  return { isHidden, toggle };
}

/** There is a picture to show or hide. */
export function hasPicture(video: ScreenVideo | null): boolean {
  return video?.kind === "ready" && video.hasPicture && !video.isOver;
}

/** How the instruments share their place with it. */
export function stageOf(video: ScreenVideo | null, isHidden: boolean): string {
  if (hasPicture(video)) return isHidden ? "stage" : "stage with-picture";
  return video?.kind === "missing" || video?.kind === "failed" ? "stage with-note" : "stage";
}

export function VideoToggle({ choice }: { choice: VideoChoice }) {
  return (
    <span className="video-toggle">
      <Button weight="quiet" icon="video" onPress={choice.toggle}>
        {choice.isHidden ? "Show video" : "Hide video"}
      </Button>
    </span>
  );
}

function Missing({ video, actions }: { video: ScreenVideo & { kind: "missing" }; actions: WorkoutActions }) {
  const file = `${video.fileName} (${fileSize(video.sizeBytes)})`;
  return (
    <div className="video-note" role="status">
      <p>
        {video.isOther
          ? `That is another file. The class means ${file}.`
          : `The video ${file} is not on this device. The class works without it.`}
      </p>
      <VideoFileButton label="Choose it" onFile={actions.giveVideoFile} />
    </div>
  );
}

interface VideoProps {
  readonly video: ScreenVideo;
  readonly isHidden: boolean;
  readonly actions: WorkoutActions;
}

/** The element stays in the page while it is hidden: taken out, it would stop, and be heard no more. */
export function ClassVideoPanel({ video, isHidden, actions }: VideoProps) {
  const element = video.kind === "ready" ? video.element : null;
  const mount = useCallback(
    (place: HTMLElement | null) => {
      if (element !== null) place?.replaceChildren(element);
    },
    [element],
  );
  switch (video.kind) {
    case "opening":
      return null;
    case "missing":
      return <Missing video={video} actions={actions} />;
    case "failed":
      return (
        <p className="video-note" role="status">
          {video.text}
        </p>
      );
    case "ready":
      return (
        <div
          role="group"
          aria-label="Video of the class"
          className={isHidden || !hasPicture(video) ? "video-panel visually-hidden" : "video-panel"}
        >
          <div ref={mount} />
          {!video.isDucking && (
            <p>The music is not lowered under this video: its server does not let the page hear it.</p>
          )}
        </div>
      );
  }
}
