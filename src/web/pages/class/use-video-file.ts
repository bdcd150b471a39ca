import { useEffect, useState } from "react";
import { isFileOf, type ClassVideo } from "#domain/class-video.ts";
import { videoFileOf } from "#web/device/class-video/video-files.ts";

/** The file of a class as this browser keeps it; null: it has none, undefined: not known yet. */
export function useVideoFile(video: ClassVideo | null): File | null | undefined {
  const [found, setFound] = useState<{ readonly of: ClassVideo; readonly file: File | null } | null>(null);
  useEffect(() => {
    if (video === null) return;
    let left = false;
    const tell = (file: File | null) => {
      if (!left) setFound({ of: video, file });
    };
    videoFileOf(video).then(tell, () => tell(null));
    return () => {
      left = true;
    };
  }, [video]);
  if (video === null) return null;
  if (found === null) return undefined;
  if (found.file !== null) return isFileOf(video, found.file) ? found.file : undefined;
  return found.of === video ? null : undefined;
}
