import type { ClassDetail } from "#protocol/api/schemas.ts";
import { targetText } from "../../ui/class-profile/reading.ts";
import { clock, spell } from "../../ui/format.ts";

type Block = ClassDetail["blocks"][number];

/** "85 → 95 rpm" where the target moves, "85 rpm" where it holds. */
function targets(block: Block, sport: string): string {
  const [start, end] = [targetText(block, 0, sport), targetText(block, 1, sport)];
  return start === end ? start : `${start} → ${end}`;
}

export function BlocksTable({ detail }: { detail: ClassDetail }) {
  return (
    <details className="blocks">
      <summary>All {detail.blocks.length} blocks</summary>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Block</th>
              <th scope="col">For</th>
              <th scope="col">Target</th>
            </tr>
          </thead>
          <tbody>
            {detail.blocks.map((block) => (
              <tr key={block.startS}>
                <td className="figures muted">{clock(block.startS)}</td>
                <td>{block.label}</td>
                <td className="figures">{spell(block.durationS)}</td>
                <td className="muted">{targets(block, detail.sport)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
