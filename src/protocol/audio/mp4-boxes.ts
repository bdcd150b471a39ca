/** The boxes an MP4 is made of (ISO/IEC 14496-12, 4.2). */

export interface Box {
  readonly type: string;
  readonly headerBytes: number;
  /** Header included; Infinity for "to the end of the file". */
  readonly bytes: number;
}

/** The box whose header is at `at`; null when the header is not all there or makes no sense. */
export function boxAt(view: DataView, at: number): Box | null {
  if (at + 8 > view.byteLength) return null;
  const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
  const size = view.getUint32(at);
  if (size === 0) return { type, headerBytes: 8, bytes: Infinity };
  if (size !== 1) return size < 8 ? null : { type, headerBytes: 8, bytes: size };
  if (at + 16 > view.byteLength) return null;
  const bytes = Number(view.getBigUint64(at + 8));
  return bytes < 16 ? null : { type, headerBytes: 16, bytes };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The contents of the boxes that lie one after the other in `bytes`, up to the first that makes no sense. */
export function* boxesIn(bytes: Uint8Array): Generator<{ readonly type: string; readonly body: Uint8Array }> {
  const view = viewOf(bytes);
  for (let at = 0; at < bytes.length;) {
    const box = boxAt(view, at);
    if (box === null || at + box.bytes > bytes.length) return;
    yield { type: box.type, body: bytes.subarray(at + box.headerBytes, at + box.bytes) };
    at += box.bytes;
  }
}

/** The content of the first box at `path` in `bytes`, or null. */
export function boxIn(bytes: Uint8Array, ...path: readonly string[]): Uint8Array | null {
  const [type, ...rest] = path;
  if (type === undefined) return bytes;
  for (const box of boxesIn(bytes)) if (box.type === type) return boxIn(box.body, ...rest);
  return null;
}
