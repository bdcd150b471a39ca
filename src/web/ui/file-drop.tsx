/** A place to drop one file on, or to choose one from. */
import { useState, type DragEvent, type ReactNode } from "react";
import "./file-drop.css";

interface FileDropProps {
  /** As of `<input accept>`. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
  /** What may be dropped, and what becomes of it. */
  readonly children: ReactNode;
}

export function FileDrop({ accept, onFile, children }: FileDropProps) {
  const [over, setOver] = useState(false);
  const take = (file: File | undefined): void => {
    if (file !== undefined) onFile(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={over ? "file-drop over" : "file-drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <label className="button">
        Choose a file
        <input
          className="visually-hidden"
          type="file"
          accept={accept}
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
      <p className="muted">{children}</p>
    </div>
  );
}
