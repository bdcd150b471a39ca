/** Small line drawings, 20 px, drawn in the colour of the text beside them. */
const paths = {
  today: "M10 4.5a6.2 6.2 0 1 1-.01 0M10 1.8v4.4",
  classes: "M2.5 16.5v-4h4v-4h4v-5h4v8h3v5z",
  history: "M2.5 16.5h15M5 13V9.5M8.4 13V6M11.7 13V8M15 13V3.5",
  music: "M3 8.2v3.6M6.5 5v10M10 2.5v15M13.5 6v8M17 8.6v2.8",
  you: "M10 9.6a3.4 3.4 0 1 0-.01 0M3.6 17.2c.7-3.2 3.2-4.9 6.4-4.9s5.7 1.7 6.4 4.9",
  search: "M8.7 14.4a5.7 5.7 0 1 0-.01 0M13 13l4.2 4.2",
  up: "M10 16V4.5M5 9l5-5 5 5",
  down: "M10 4v11.5M5 11l5 5 5-5",
  play: "M6 3.5v13l10.5-6.5z",
  pause: "M6.5 4v12M13.5 4v12",
  next: "M4 4v12l8.5-6zM15.5 4v12",
  skip: "M3 15.5h6v-5h5M12 6.5l4 4-4 4",
  end: "M5 5h10v10H5z",
  check: "M4 10.5l4 4 8-9",
  close: "M5 5l10 10M15 5L5 15",
  video: "M2.5 5.5h10v9h-10zM12.5 9l5-3v8l-5-3",
  help: "M7.2 7.4a2.8 2.8 0 1 1 4.1 2.5c-.9.5-1.3 1-1.3 2M10 15.2v.1",
  tap: "M10 6.5v10M10 6.5a3.5 3.5 0 1 0-.01 0M5.5 16.5h9",
  sensor:
    "M10 10.5v0M6.8 13.3a4.5 4.5 0 0 1 0-6.4M13.2 6.9a4.5 4.5 0 0 1 0 6.4M4.3 15.8a8 8 0 0 1 0-11.4M15.7 4.4a8 8 0 0 1 0 11.4",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
