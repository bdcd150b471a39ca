/** A moment of a film, to a tenth of a second: "0:12.5", "1:04:05", "90.5" (seconds); undefined for anything else. */
export function readMoment(text: string): number | undefined {
  const parts = /^(?:(?:(\d{1,2}):)?(\d{1,4}):)?(\d{1,5}(?:\.\d+)?)$/.exec(text.trim().replace(",", "."));
  if (parts === null) return undefined;
  const seconds = Number(parts[3]);
  if (parts[2] !== undefined && seconds >= 60) return undefined;
  return Math.round((Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + seconds) * 10) / 10;
}

/** "4:30", "1:04:05", "90" (seconds), "4 min", "4.5 min"; undefined for anything else. */
export function readTime(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase().replace(",", ".");
  const parts = /^(?:(\d{1,2}):)?(\d{1,4}):([0-5]\d)$/.exec(trimmed);
  if (parts !== null) return Number(parts[1] ?? 0) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
  const amount = /^(\d{1,5}(?:\.\d+)?)\s*(s|sec|m|min)?$/.exec(trimmed);
  if (amount === null) return undefined;
  return Math.round(Number(amount[1]) * (amount[2]?.startsWith("m") === true ? 60 : 1));
}
