import "./key-list.css";

/** Which keys do what. */
export function KeyList({
  entries,
}: {
  entries: readonly { readonly keys: string; readonly does: string }[];
}) {
  return (
    <dl className="key-list">
      {entries.map(({ keys, does }) => (
        <div key={keys}>
          <dt>
            <kbd>{keys}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
