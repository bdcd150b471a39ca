/** Numbers as people read them: sensible precision, the unit after a space that does not break. */
const space = "\u00a0";

export type Units = "metric" | "imperial";

/** "4:05", "1:04:05". */
export function clock(totalS: number): string {
  const whole = Math.max(0, Math.floor(totalS));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const seconds = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/** The same to a tenth of a second: "0:12.5"; whole seconds without it. */
export function moment(totalS: number): string {
  const tenths = Math.max(0, Math.round(totalS * 10));
  return tenths % 10 === 0 ? clock(tenths / 10) : `${clock(tenths / 10)}.${tenths % 10}`;
}

/** "45 min", "1 h 30"; under two minutes in seconds. */
export function spell(totalS: number): string {
  if (totalS < 120) return `${Math.round(totalS)}${space}s`;
  const minutes = Math.round(totalS / 60);
  if (minutes < 90) return `${minutes}${space}min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60}${space}h` : `${Math.floor(minutes / 60)}${space}h${space}${rest}`;
}

/** A sentence in which no line breaks between a figure and its "%". */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(/(\d) %/g, `$1${space}%`);
}

export function withUnit(value: number | null | undefined, unit: string, digits = 0): string {
  return value === null || value === undefined ? "--" : `${value.toFixed(digits)}${space}${unit}`;
}

export function cadenceUnit(sport: string): "rpm" | "spm" {
  return sport === "cycling" ? "rpm" : "spm";
}

/** A playback rate as what it does to the tempo: "+2.1 %", "as recorded" within 0.05 %. */
export function stretchText(stretch: number): string {
  const pct = (stretch - 1) * 100;
  if (Math.abs(pct) < 0.05) return "as recorded";
  return `${pct > 0 ? "+" : "−"}${Math.abs(pct).toFixed(1)}${space}%`;
}

export function distance(meters: number | null, units: Units): string {
  if (meters === null) return "--";
  return units === "imperial" ? withUnit(meters / 1609.344, "mi", 1) : withUnit(meters / 1000, "km", 1);
}

export function speed(metersPerS: number | null, units: Units): string {
  if (metersPerS === null) return "--";
  return units === "imperial"
    ? withUnit(metersPerS * 2.236936, "mph", 1)
    : withUnit(metersPerS * 3.6, "km/h", 1);
}

/** "640 kB", "12.3 MB", "4.2 GB": decimal, as phones and shops count. */
export function fileSize(bytes: number): string {
  if (bytes < 1e6) return withUnit(Math.max(1, bytes / 1e3), "kB");
  return bytes < 1e9 ? withUnit(bytes / 1e6, "MB", 1) : withUnit(bytes / 1e9, "GB", 1);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}${space}%`;
}

/** "1 class", "12 classes". */
export function count(many: number, one: string, more = `${one}s`): string {
  return `${many.toLocaleString()}${space}${many === 1 ? one : more}`;
}

export function dayAndTime(atMs: number): string {
  return new Intl.DateTimeFormat(undefined, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  }).format(atMs);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
