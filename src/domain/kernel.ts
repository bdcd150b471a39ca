/** WebAssembly modules (*.wat, built by scripts/assemble-kernels.ts), and the memory they work in. */
import { bytesOfBase64 } from "./packed.ts";

/** The little of WebAssembly that is used here; every host of the pure layers (Node, browsers, workers) has it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const vectorBytes = 16;
const pageBytes = 65_536;

/** An instance with a memory of its own, which is handed out piece by piece. */
export interface Kernel<Exports> {
  readonly exports: Exports;
  /** Room for so many bytes: its address. Views made before may be lost. */
  readonly room: (bytes: number) => number;
  /** Takes back all that was handed out. */
  readonly clear: () => void;
  /** The address of a copy of these values. Views made before may be lost. */
  readonly put: (values: Float32Array | Float64Array | Uint32Array | Int32Array) => number;
  /** Views that are valid until more room is asked for. */
  readonly floats: (at: number, count: number) => Float32Array;
  readonly doubles: (at: number, count: number) => Float64Array;
  readonly bytes: (at: number, count: number) => Int8Array;
  /** All of the memory, valid until more room is asked for. */
  readonly buffer: () => ArrayBuffer;
}

/** Compiles a module once, however many instances are asked for. */
export function kernelOf<Exports>(base64: string): () => Kernel<Exports> {
  let module: object | null = null;
  return () => {
    module ??= new WebAssembly.Module(bytesOfBase64(base64));
    const exports = new WebAssembly.Instance(module).exports as Exports & { readonly memory: Memory };
    const { memory } = exports;
    let end = 0;
    const room = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / vectorBytes) * vectorBytes;
      const missing = end - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
      return at;
    };
    return {
      exports,
      room,
      clear: () => void (end = 0),
      put(values) {
        const at = room(values.byteLength);
        new Uint8Array(memory.buffer, at).set(
          new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
        );
        return at;
      },
      floats: (at, count) => new Float32Array(memory.buffer, at, count),
      doubles: (at, count) => new Float64Array(memory.buffer, at, count),
      bytes: (at, count) => new Int8Array(memory.buffer, at, count),
      buffer: () => memory.buffer,
    };
  };
}
