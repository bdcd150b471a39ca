/** Asks for the FIT file whose movement shall drive the music. It stays in the browser. */
export function ReplayFileChoice({ onChoose }: { onChoose: (file: File) => void }) {
  return (
    <main className="page">
      <div className="state">
        <h1>Which workout shall move the music?</h1>
        <p className="state-text">
          Choose the FIT file of an earlier workout. It does not leave this browser.
        </p>
        <label className="button">
          Choose a FIT file
          <input
            className="visually-hidden"
            type="file"
            accept=".fit"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file !== undefined) onChoose(file);
            }}
          />
        </label>
      </div>
    </main>
  );
}
