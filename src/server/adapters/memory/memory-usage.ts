import type { Anomaly, Usage, UsageStore } from "#server/ports/usage.ts";

const maxAnomalies = 100;

export function memoryUsage(): UsageStore & { forget(personId: string): void } {
  const rows = new Map<string, Usage>();
  const anomalies: Anomaly[] = [];
  const keyOf = ({ personId, appId, category, hourMs }: Usage): string =>
    JSON.stringify([String(hourMs).padStart(15, "0"), appId, category, personId]);
  return {
    forget(personId) {
      for (const [key, row] of rows) if (row.personId === personId) rows.delete(key);
      anomalies.splice(0, Infinity, ...anomalies.filter((anomaly) => anomaly.personId !== personId));
    },
    async addUsage(usage) {
      for (const row of usage) {
        const known = rows.get(keyOf(row));
        const { calls = 0, rows: rowsBefore = 0, bytes = 0 } = known ?? {};
        rows.set(keyOf(row), {
          ...row,
          calls: calls + row.calls,
          rows: rowsBefore + row.rows,
          bytes: bytes + row.bytes,
        });
      }
    },
    usageOf: async (personId, fromMs) =>
      [...rows]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, row]) => row)
        .filter((row) => row.personId === personId && row.hourMs >= fromMs),
    async removeUsageBefore(hourMs) {
      for (const [key, row] of rows) if (row.hourMs < hourMs) rows.delete(key);
    },
    async putAnomaly(anomaly) {
      anomalies.push({ ...anomaly, ordinaryBytes: Math.round(anomaly.ordinaryBytes) });
    },
    anomaliesOf: async (personId) =>
      anomalies
        .filter((anomaly) => anomaly.personId === personId)
        .toSorted((a, b) => b.atMs - a.atMs)
        .slice(0, maxAnomalies),
  };
}
