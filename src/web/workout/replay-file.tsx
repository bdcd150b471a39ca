import { FileButton } from "../ui/file-button.tsx";

/** Asks for the FIT file whose movement shall drive the music. It stays in the browser. */
export function ReplayFileChoice({ onChoose }: { onChoose: (file: File) => void }) {
  return (
    <main className="page">
      <div className="state">
        <h1>Which workout shall move the music?</h1>
        <p className="state-text">
          Choose the FIT file of an earlier workout. It does not leave this browser.
        </p>
        <FileButton label="Choose a FIT file" accept=".fit" onFile={onChoose} />
      </div>
    </main>
  );
}
