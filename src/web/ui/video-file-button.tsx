import { Icon } from "./icon.tsx";

interface VideoFileButtonProps {
  readonly label: string;
  readonly onFile: (file: File) => void;
}

/** Chooses a video, or a recording of a voice. The file stays in the browser. */
export function VideoFileButton({ label, onFile }: VideoFileButtonProps) {
  return (
    <label className="button plain">
      <Icon name="video" />
      {label}
      <input
        className="visually-hidden"
        type="file"
        accept="video/*,audio/*"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
          currentTarget.value = "";
        }}
      />
    </label>
  );
}
