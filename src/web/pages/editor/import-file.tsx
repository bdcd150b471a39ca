/** A class from a file: chosen or dropped. What could not be kept is said. */
import { useCallback, useState, type DragEvent } from "react";
import type { ClassPlan } from "#domain/class-plan.ts";
import { ClassFileError, maxClassFileBytes } from "#protocol/class-file-error.ts";
import { planFromFile } from "#protocol/class-file.ts";
import { Note } from "../../ui/states.tsx";

export interface Imported {
  readonly fileName: string;
  /** In plain sentences. */
  readonly losses: readonly string[];
  readonly error: string | null;
}

export interface ClassImport {
  readonly imported: Imported | null;
  readonly read: (file: File) => void;
}

/** Reads a file and hands the class on. A file that is no class changes nothing. */
export function useClassImport(onPlan: (plan: ClassPlan) => void): ClassImport {
  const [imported, setImported] = useState<Imported | null>(null);
  const read = useCallback(
    (file: File) => {
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

/** A file may be dropped anywhere on what these handlers are put on. */
export function dropHandlers(onFile: (file: File) => void) {
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return {
    onDragOver: (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      const file = event.dataTransfer.files[0];
      if (file !== undefined) onFile(file);
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
