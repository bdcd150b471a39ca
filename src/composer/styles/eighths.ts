/** A bass line of even eighths through these chord tones. */
export const eighths = (tones: readonly ("root" | "octave" | "fifth" | "approach" | "seventh")[]) =>
  tones.map((tone, index) => [index * 2, 2, tone, index % 2 === 0 ? 0.88 : 0.74] as const);
