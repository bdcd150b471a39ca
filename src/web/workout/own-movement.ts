import type { Sample } from "#domain/sensor.ts";
import { StepDetector } from "#engine/steps.ts";
import { listenToMotion } from "#web/device/motion.ts";

/** What this device notices of a person's movement by itself: taps, and steps in its own motion. */
export class OwnMovement {
  readonly #onSample: (sample: Sample) => void;
  readonly #onTrouble: (trouble: string) => void;
  #stopListening: (() => void) | null = null;
  #closed = false;

  constructor(onSample: (sample: Sample) => void, onTrouble: (trouble: string) => void) {
    this.#onSample = onSample;
    this.#onTrouble = onTrouble;
  }

  /** A tap at host time `tMs`: a pedal stroke, a step or a drive. */
  tap(tMs: number): void {
    this.#onSample({ tMs, sensor: "tapping", measurements: [{ kind: "stroke", atMs: tMs }] });
  }

  /** Feels steps from now on; call it from a press. */
  async feelSteps(): Promise<void> {
    const steps = new StepDetector();
    try {
      const stop = await listenToMotion(
        ({ tMs, x, y, z }) => {
          const atMs = steps.push(tMs, x, y, z);
          if (atMs === null) return;
          this.#onSample({ tMs, sensor: "motion", measurements: [{ kind: "stroke", atMs }] });
        },
        () => this.#onTrouble("This device tells no motion. The music follows the class meanwhile."),
      );
      if (this.#closed) stop();
      else this.#stopListening = stop;
    } catch (error) {
      this.#onTrouble(error instanceof Error ? error.message : String(error));
    }
  }

  close(): void {
    this.#closed = true;
    this.#stopListening?.();
  }
}
