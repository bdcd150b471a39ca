/** A place to drop one file on, or to choose one from. */
import { useState, type DragEvent, type ReactNode } from "react";
import { FileButton } from "./file-button.tsx";
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
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) onFile(file);
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
      <FileButton label="Choose a file" accept={accept} onFile={onFile} />
      <p className="muted">{children}</p>
    </div>
  );
}
