/** The small part of essentia.js that is used. */
declare module "essentia.js" {
  export interface EssentiaVector {
    delete(): void;
  }
  export interface EssentiaInstance {
    arrayToVector(samples: Float32Array): EssentiaVector;
    vectorToArray(vector: EssentiaVector): Float32Array;
    RhythmExtractor2013(
      signal: EssentiaVector,
      maxTempo: number,
      method: "degara" | "multifeature",
      minTempo: number,
    ): {
      readonly ticks: EssentiaVector;
      readonly estimates: EssentiaVector;
      readonly bpmIntervals: EssentiaVector;
    };
    /** Options in the order of Essentia's reference, from `averageDetuningCorrection` to `profileType`. */
    KeyExtractor(
      signal: EssentiaVector,
      ...options: (number | boolean | string)[]
    ): {
      readonly key: string;
      readonly scale: string;
      readonly strength: number;
    };
  }
  const essentia: {
    readonly Essentia: new (wasm: unknown) => EssentiaInstance;
    readonly EssentiaWASM: unknown;
  };
  export default essentia;
}
