/** A class from a file: chosen or dropped. What could not be kept is said. */
import { useCallback, useId, useState, type DragEvent } from "react";
import type { ClassPlan } from "#domain/class-plan.ts";
import { ClassFileError, maxClassFileBytes } from "#protocol/class-file-error.ts";
import { planFromFile } from "#protocol/class-file.ts";
import { Icon } from "../../ui/icon.tsx";
import { Note } from "../../ui/states.tsx";

export interface Imported {
  readonly fileName: string;
  /** In plain sentences. */
  readonly losses: readonly string[];
  readonly error: string | null;
}

export interface ClassImport {
  readonly imported: Imported | null;
  readonly read: (files: FileList | null) => void;
}

/** Reads the first of the files and hands the class on. A file that is none changes nothing. */
export function useClassImport(onPlan: (plan: ClassPlan) => void): ClassImport {
  const [imported, setImported] = useState<Imported | null>(null);
  const read = useCallback(
    (files: FileList | null) => {
      const file = files?.[0];
      if (file === undefined) return;
      const load = async () => {
        if (file.size > maxClassFileBytes)
          throw new ClassFileError(
            `${file.name}: larger than ${maxClassFileBytes / 1e6} MB, far more than a class needs.`,
          );
        const { plan, losses } = planFromFile(file.name, new Uint8Array(await file.arrayBuffer()));
        onPlan(plan);
        setImported({ fileName: file.name, losses, error: null });
      };
      load().catch((error: unknown) => {
        const said = error instanceof ClassFileError ? error.message : `${file.name} could not be read.`;
        setImported({ fileName: file.name, losses: [], error: said });
      });
    },
    [onPlan],
  );
  return { imported, read };
}

export function FilePicker({ onFiles }: { onFiles: (files: FileList | null) => void }) {
  const id = useId();
  return (
    <label className="button plain" htmlFor={id}>
      <Icon name="up" />
      Open a file
      <input
        id={id}
        className="visually-hidden"
        type="file"
        accept=".zwo,.erg,.mrc,.fit,.json"
        onChange={(event) => {
          onFiles(event.target.files);
          event.target.value = "";
        }}
      />
    </label>
  );
}

/** Files may be dropped anywhere on what these handlers are put on. */
export function dropHandlers(onFiles: (files: FileList | null) => void) {
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return {
    onDragOver: (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      onFiles(event.dataTransfer.files);
    },
  };
}

export function ImportNote({ imported }: { imported: Imported | null }) {
  if (imported === null) return null;
  if (imported.error !== null)
    return (
      <div role="alert">
        <Note>{imported.error}</Note>
      </div>
    );
  return (
    <div role="status">
      <Note>
        <p>
          {imported.fileName} is here, not saved yet.
          {imported.losses.length === 0 && " Nothing of it was lost."}
        </p>
        {imported.losses.length > 0 && (
          <ul className="losses" aria-label="Not kept">
            {imported.losses.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        )}
      </Note>
    </div>
  );
}
