import type { Seconds } from "#domain/units.ts";

/** One hypothesis about how steadily somebody moves. */
export interface PeriodModel {
  /** Independent noise of one period, as a share of it. */
  readonly whiteShare: number;
  /** Step of the period's random walk per revolution, as a share of it. */
  readonly walkShare: number;
  /** Probability that it still holds at the next event. */
  readonly stay: number;
}

/** Steady, and wandering or changing. Found by simulation and on real rides, whose noise is wander rather than white. */
export const phaseModels: readonly PeriodModel[] = [
  { whiteShare: 0.012, walkShare: 0.005, stay: 0.96 },
  { whiteShare: 0.01, walkShare: 0.025, stay: 0.9 },
];
/** Slower to believe in a change: what the base tempo goes by. */
export const tempoModels: readonly PeriodModel[] = [
  { whiteShare: 0.016, walkShare: 0.002, stay: 0.985 },
  { whiteShare: 0.016, walkShare: 0.06, stay: 0.3 },
];

interface State {
  timeS: Seconds;
  periodS: Seconds;
  /** Covariance of (time, period). */
  tt: number;
  tp: number;
  pp: number;
  weight: number;
}

/** What a first pair of events leaves open about the period. */
const startPeriodShare = 0.05;

/**
 * Interacting multiple models (Blom & Bar-Shalom 1988) of [time of the last event, period]. Over k revolutions the noise
 * is P^2 x [k s^2 + q^2 k^3/3, q^2 k^2/2; ., q^2 k] with s the white and q the walk share.
 */
export class PeriodModels {
  private readonly models: readonly PeriodModel[];
  private states: State[] = [];
  private readonly sigmaS: Seconds;
  timeS: Seconds = 0;
  periodS: Seconds = 0;

  /** `sigmaS`: standard deviation of a measured event time. */
  constructor(models: readonly PeriodModel[], sigmaS: Seconds) {
    this.models = models;
    this.sigmaS = sigmaS;
  }

  get started(): boolean {
    return this.states.length > 0;
  }

  /** Probability that the last model (a change on purpose) holds. */
  get changeProbability(): number {
    return this.states[this.states.length - 1]?.weight ?? 0;
  }

  start(timeS: Seconds, periodS: Seconds): void {
    this.states = this.models.map((_, index) => ({
      timeS,
      periodS,
      tt: this.sigmaS ** 2,
      tp: 0,
      pp: (startPeriodShare * periodS) ** 2,
      weight: index === 0 ? 0.6 : 0.4 / (this.models.length - 1),
    }));
    this.combine();
  }

  /** Time goes on from `timeS` after a gap; the period is kept, less surely. */
  reanchor(timeS: Seconds): void {
    for (const state of this.states) {
      state.timeS = timeS;
      state.tt = this.sigmaS ** 2;
      state.tp = 0;
      state.pp += (startPeriodShare * state.periodS) ** 2;
    }
    this.combine();
  }

  /** An event at `timeS`, `steps` revolutions of `periodS` on average after the one before. */
  push(timeS: Seconds, steps: number, periodS: Seconds): void {
    this.mix();
    let total = 0;
    for (let index = 0; index < this.states.length; index++) {
      const state = this.states[index];
      const model = this.models[index];
      if (state === undefined || model === undefined) continue;
      predict(state, model, steps);
      state.weight = Math.max(1e-6, state.weight) * correct(state, timeS, this.sigmaS ** 2);
      total += state.weight;
    }
    if (!(total > 1e-300)) {
      // No model explains it: believe the measurement.
      this.start(timeS, periodS);
      return;
    }
    for (const state of this.states) state.weight /= total;
    this.combine();
  }

  /** Variance of the time `steps` revolutions ahead of the last event, s^2. */
  varianceAhead(steps: number): number {
    let sum = 0;
    for (let index = 0; index < this.states.length; index++) {
      const state = this.states[index];
      const model = this.models[index];
      if (state === undefined || model === undefined) continue;
      const ahead = { ...state };
      predict(ahead, model, steps);
      const offS = ahead.timeS - (this.timeS + steps * this.periodS);
      sum += state.weight * (ahead.tt + offS * offS);
    }
    return sum;
  }

  private mix(): void {
    const { models, states } = this;
    const count = models.length;
    const moved = models.map((_, to) => {
      const shares = states.map((state, from) => {
        const stay = models[from]?.stay ?? 1;
        return state.weight * (from === to ? stay : (1 - stay) / Math.max(1, count - 1));
      });
      return mixture(states, shares);
    });
    this.states = moved;
  }

  private combine(): void {
    const all = mixture(
      this.states,
      this.states.map((state) => state.weight),
    );
    this.timeS = all.timeS;
    this.periodS = all.periodS;
  }
}

/** One Gaussian with the mean and covariance of a weighted set of Gaussians; its weight is the sum of the shares. */
function mixture(states: readonly State[], shares: readonly number[]): State {
  const weight = Math.max(
    1e-12,
    shares.reduce((sum, share) => sum + share, 0),
  );
  const mean = (of: (state: State) => number): number =>
    states.reduce((sum, state, index) => sum + (of(state) * (shares[index] ?? 0)) / weight, 0);
  const timeS = mean((state) => state.timeS);
  const periodS = mean((state) => state.periodS);
  return {
    timeS,
    periodS,
    tt: mean((state) => state.tt + (state.timeS - timeS) ** 2),
    tp: mean((state) => state.tp + (state.timeS - timeS) * (state.periodS - periodS)),
    pp: mean((state) => state.pp + (state.periodS - periodS) ** 2),
    weight,
  };
}

function predict(state: State, model: PeriodModel, steps: number): void {
  const { whiteShare: s, walkShare: q } = model;
  const period2 = state.periodS ** 2;
  state.timeS += steps * state.periodS;
  state.tt +=
    2 * steps * state.tp + steps ** 2 * state.pp + (steps * s ** 2 + (q ** 2 * steps ** 3) / 3) * period2;
  state.tp += steps * state.pp + ((q ** 2 * steps ** 2) / 2) * period2;
  state.pp += q ** 2 * steps * period2;
}

/** Kalman update by a measured time; answers its likelihood. */
function correct(state: State, timeS: Seconds, noise: number): number {
  const innovation = timeS - state.timeS;
  const spread = state.tt + noise;
  const timeGain = state.tt / spread;
  const periodGain = state.tp / spread;
  state.timeS += timeGain * innovation;
  state.periodS += periodGain * innovation;
  state.pp -= periodGain * state.tp;
  state.tp *= 1 - timeGain;
  state.tt *= 1 - timeGain;
  return Math.exp((-0.5 * innovation ** 2) / spread) / Math.sqrt(2 * Math.PI * spread);
}
