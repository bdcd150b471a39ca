import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";

/** Vectors are packed as little-endian 32-bit floats. */
function packVector(vector: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  vector.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return new Uint8Array(view.buffer);
}

function unpackVector(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

export function sqliteEmbeddings(db: DatabaseSync): SynchronousParts["embeddings"] {
  const put = db.prepare(
    `INSERT INTO embedding (model, text, vector) VALUES (?, ?, ?)
     ON CONFLICT (model, text) DO UPDATE SET vector = excluded.vector`,
  );
  const of = db.prepare("SELECT text, vector FROM embedding WHERE model = ?");
  const keep = db.prepare(
    "DELETE FROM embedding WHERE model != ? OR text NOT IN (SELECT value FROM json_each(?))",
  );
  return {
    embeddingsOf: (model) =>
      of
        .all(model)
        .map((row) => ({ text: row.text as string, vector: unpackVector(row.vector as Uint8Array) })),
    putEmbeddings(model, embeddings) {
      for (const { text, vector } of embeddings) put.run(model, text, packVector(vector));
    },
    keepEmbeddings(model, texts) {
      keep.run(model, JSON.stringify(texts));
    },
  };
}
