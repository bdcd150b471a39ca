/** What the engine decided of late and why, newest first; opened by who asks. */
import { Button } from "../../ui/controls.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { clock, unbroken } from "../../ui/format.ts";
import type { WhyLine } from "./contract.ts";
import "./why.css";

export function WhyDialog({ lines, onClose }: { lines: readonly WhyLine[]; onClose: () => void }) {
  return (
    <Dialog title="Why the music does this" onClose={onClose}>
      {lines.length === 0 ? (
        <p>Nothing was decided yet.</p>
      ) : (
        <ol className="why-list" aria-label="Latest decisions">
          {lines.map(({ id, elapsedS, what, why, of }) => (
            <li key={id}>
              <span className="why-time figures">{clock(elapsedS)}</span>
              <p>
                <strong className={of}>{what}</strong> {unbroken(why)}
              </p>
            </li>
          ))}
        </ol>
      )}
      <Button onPress={onClose}>Close</Button>
    </Dialog>
  );
}
