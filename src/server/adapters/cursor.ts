/** Cursors are opaque to whoever holds them: the position in base64url. */
export function toCursor(position: string): string {
  return Buffer.from(position, "utf8").toString("base64url");
}

export function fromCursor(cursor: string): string {
  return Buffer.from(cursor, "base64url").toString("utf8");
}

/** Where a track stands in lists: by artist, then title, whatever the case; the id makes it unique. */
export function trackSortKey(track: {
  readonly artist: string;
  readonly title: string;
  readonly id: string;
}): string {
  return `${track.artist.toLowerCase()}\u001f${track.title.toLowerCase()}\u001f${track.id}`;
}

/** Byte order of UTF-8, the order in which the database compares text. */
export function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
}
