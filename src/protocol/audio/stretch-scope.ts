/**
 * signalsmith-stretch brings its WASM kernel only inside an AudioWorkletProcessor that it registers itself. Imported
 * before the library, this module offers it a scope in which that class is caught instead: a plain object around the
 * kernel, usable in a worklet, a worker or Node alike. `takeLibraryProcessor` puts the real scope back.
 */
interface LibraryPort {
  onmessage: unknown;
  postMessage(message: readonly unknown[]): void;
}

/** The part of the library's processor that is used: it calls back through `port` once its kernel is up. */
export interface LibraryProcessor {
  readonly port: LibraryPort;
  readonly wasmModule: StretchKernel;
}

/** Exports of the WASM module; pointers are byte offsets into `HEAP8.buffer`. */
export interface StretchKernel {
  readonly HEAP8: Int8Array;
  _configure(channels: number, blockSamples: number, intervalSamples: number, split: boolean): void;
  _reset(): void;
  _setBuffers(channels: number, samples: number): number;
  _inputLatency(): number;
  _outputLatency(): number;
  _seek(inputSamples: number, rate: number): void;
  _process(inputSamples: number, outputSamples: number): void;
}

type ProcessorClass = new (options: {
  numberOfOutputs: number;
  outputChannelCount: readonly number[];
}) => LibraryProcessor;

interface WorkletScope {
  AudioWorkletProcessor?: unknown;
  registerProcessor?: unknown;
  sampleRate?: number;
}

const scope = globalThis as unknown as WorkletScope;
const outer = { ...propertyOf("AudioWorkletProcessor"), ...propertyOf("registerProcessor") };
let caught: ProcessorClass | null = null;

function propertyOf(name: "AudioWorkletProcessor" | "registerProcessor"): WorkletScope {
  return name in scope ? { [name]: scope[name] } : {};
}

scope.AudioWorkletProcessor = class {
  readonly port: LibraryPort = { onmessage: null, postMessage: () => {} };
};
scope.registerProcessor = (_name: string, processor: ProcessorClass) => {
  caught = processor;
};

/** The library's class; also undoes what this module did to the global scope. Call once, after the library's import. */
export function takeLibraryProcessor(): ProcessorClass {
  delete scope.AudioWorkletProcessor;
  delete scope.registerProcessor;
  Object.assign(scope, outer);
  if (caught === null) throw new Error("signalsmith-stretch did not register a processor");
  return caught;
}

/** Starts one kernel. The library's constructor reads the worklet global `sampleRate`; elsewhere it is lent for that long. */
export function startKernel(
  processor: ProcessorClass,
  channels: number,
  sampleRate: number,
): Promise<StretchKernel> {
  const lent = scope.sampleRate === undefined;
  if (lent) scope.sampleRate = sampleRate;
  const instance = new processor({ numberOfOutputs: 1, outputChannelCount: [channels] });
  return new Promise((resolve) => {
    instance.port.postMessage = ([kind]) => {
      if (kind !== "ready") return;
      if (lent) delete scope.sampleRate;
      resolve(instance.wasmModule);
    };
  });
}
