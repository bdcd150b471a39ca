/** Something the server tells once, to be taken away now. */
import type { ReactNode } from "react";
import "./shown-once.css";

export function ShownOnce({ secret, children }: { secret: string; children: ReactNode }) {
  return (
    <div className="shown-once" role="status">
      <p>{children}</p>
      <code>{secret}</code>
    </div>
  );
}
