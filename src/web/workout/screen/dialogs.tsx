/** What opens over the workout screen. The music and the clock go on beneath. */
import { Button } from "../../ui/controls.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyList } from "../../ui/key-list.tsx";
import { clock } from "../../ui/format.ts";
import { keyList } from "./keys.ts";

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <KeyList entries={keyList} />
      <p className="muted small">
        A tap on the crank starts and pauses. A tap on a number shows it another way.
      </p>
      <Button onPress={onClose}>Close</Button>
    </Dialog>
  );
}

interface EndDialogProps {
  readonly elapsedS: number;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}

export function EndDialog({ elapsedS, onEnd, onClose }: EndDialogProps) {
  return (
    <Dialog title="End here?" onClose={onClose}>
      <p>What you did in {clock(elapsedS)} is kept and goes into your history.</p>
      <div className="dialog-choice">
        <Button onPress={onClose}>Keep going</Button>
        <Button weight="primary" onPress={onEnd}>
          End the workout
        </Button>
      </div>
    </Dialog>
  );
}
