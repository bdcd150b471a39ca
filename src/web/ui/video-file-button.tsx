import { FileButton } from "./file-button.tsx";

interface VideoFileButtonProps {
  readonly label: string;
  readonly onFile: (file: File) => void;
}

/** Chooses a video, or a recording of a voice. The file stays in the browser. */
export function VideoFileButton(props: VideoFileButtonProps) {
  return <FileButton {...props} icon="video" accept="video/*,audio/*" />;
}
