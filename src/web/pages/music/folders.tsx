import { useState, type FormEvent } from "react";
import type { LibraryInfo } from "#protocol/api/schemas.ts";
import { useAddFolder, useScanAgain } from "../../api/changes.ts";
import { messageOf } from "../../api/client.ts";
import { Button, Field } from "../../ui/controls.tsx";
import { count } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";

export function Folders({ info }: { info: LibraryInfo }) {
  const [path, setPath] = useState("");
  const add = useAddFolder();
  const scan = useScanAgain();
  const failure = add.error ?? scan.error;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(path.trim(), { onSuccess: () => setPath("") });
  };
  return (
    <Section title="Folders">
      {info.folders.length > 0 && (
        <ul className="folders">
          {info.folders.map((folder) => (
            <li key={folder}>
              <code>{folder}</code>
            </li>
          ))}
        </ul>
      )}
      <form className="add-folder" onSubmit={onSubmit}>
        <Field
          label="Add a folder"
          hint="A folder on the machine that runs Upbeat. MP3, FLAC, Ogg, Opus, M4A and WAV are read; nothing in it is changed."
        >
          {(id, hintId) => (
            <>
              <input
                id={id}
                aria-describedby={hintId}
                className="input"
                placeholder="/home/me/Music"
                value={path}
                onChange={(event) => setPath(event.target.value)}
                required
              />
              <Button submit busy={add.isPending}>
                Add
              </Button>
            </>
          )}
        </Field>
      </form>
      {failure !== null && <p role="alert">{messageOf(failure)}</p>}
      {info.folders.length > 0 && (
        <div>
          <Button weight="quiet" onPress={() => scan.mutate()} busy={info.progress.state !== "idle"}>
            Look for new music
          </Button>
        </div>
      )}
    </Section>
  );
}

export function Failures({ failures }: { failures: LibraryInfo["failures"] }) {
  if (failures.length === 0) return null;
  return (
    <details className="failures">
      <summary>{count(failures.length, "file")} could not be used</summary>
      <ul>
        {failures.map(({ path, reason }) => (
          <li key={path}>
            <code>{path}</code> <span className="muted">{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
