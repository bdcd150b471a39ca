/** WebAssembly modules of this folder (*.wat, built by scripts/assemble-kernels.ts), and the memory they work in. */
import { bytesOfBase64 } from "./packed.ts";

const vectorBytes = 16;
const pageBytes = 65_536;

/** An instance with a memory of its own, which is handed out piece by piece; nothing is taken back. */
export interface Kernel<Exports> {
  readonly exports: Exports;
  /** Room for so many bytes: its address. Views made before may be lost. */
  readonly room: (bytes: number) => number;
  /** The address of a copy of these values. Views made before may be lost. */
  readonly put: (values: Float32Array | Float64Array | Uint32Array | Int32Array) => number;
  /** Views that are valid until more room is asked for. */
  readonly floats: (at: number, count: number) => Float32Array;
  readonly doubles: (at: number, count: number) => Float64Array;
  readonly bytes: (at: number, count: number) => Int8Array;
}

/** Compiles a module once, however many instances are asked for. */
export function kernelOf<Exports>(base64: string): () => Kernel<Exports> {
  let module: WebAssembly.Module | null = null;
  return () => {
    module ??= new WebAssembly.Module(bytesOfBase64(base64));
    const { exports } = new WebAssembly.Instance(module);
    const memory = exports["memory"] as WebAssembly.Memory;
    let end = 0;
    const room = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / vectorBytes) * vectorBytes;
      const missing = end - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
      return at;
    };
    return {
      exports: exports as unknown as Exports,
      room,
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
    };
  };
}
