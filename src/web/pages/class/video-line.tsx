/** That the class has a video, and whether it is at hand on this device. */
import { useState } from "react";
import { isFileOf, videoHost, type FileVideo, type WebVideo } from "#domain/class-video.ts";
import { keepVideoFile } from "#web/device/class-video/video-files.ts";
import { fileSize } from "../../ui/format.ts";
import { VideoFileButton } from "../../ui/video-file-button.tsx";
import { useVideoFile } from "./use-video-file.ts";

function OwnFile({ classId, video }: { classId: string; video: FileVideo }) {
  const kept = useVideoFile(video);
  const [isKept, setKept] = useState(false);
  const [said, setSaid] = useState("");
  const file = `${video.fileName} (${fileSize(video.sizeBytes)})`;
  const give = (chosen: File) => {
    if (!isFileOf(video, chosen)) return setSaid(`That is another file. The class means ${file}.`);
    keepVideoFile(classId, chosen).then(
      () => setKept(true),
      () => setSaid("This browser has no room for the file. It can be chosen once the workout is open."),
    );
  };
  if (kept === undefined) return null;
  if (kept !== null || isKept) return <p role="status">{file} is on this device.</p>;
  return (
    <div className="video-at-hand">
      <p role="status">{said || `${file} is not on this device. The class works without it.`}</p>
      <VideoFileButton label="Choose the file" onFile={give} />
    </div>
  );
}

export function VideoLine({ classId, video }: { classId: string; video: FileVideo | WebVideo }) {
  return "url" in video ? (
    <p>Your browser loads it from {videoHost(video)} when the workout opens.</p>
  ) : (
    <OwnFile classId={classId} video={video} />
  );
}
