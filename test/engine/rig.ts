import type { MovementSource } from "#engine/athlete/source.ts";
import type { Engine, EngineCommand, EngineEvent, EngineSetup } from "#engine/contract.ts";
import { createEngine } from "#engine/session.ts";

type Play = Extract<EngineCommand, { kind: "deck-play" }>;

/** Runs an engine in made-up time and carries out its deck commands as a player would. */
export class Rig {
  readonly engine: Engine;
  readonly commands: EngineCommand[] = [];
  private readonly source: MovementSource | null;
  nowMs = 0;

  constructor(setup: EngineSetup, source: MovementSource | null = null) {
    this.engine = createEngine(setup);
    this.source = source;
  }

  give(event: EngineEvent): EngineCommand[] {
    const commands = this.engine.handle(event);
    this.commands.push(...commands);
    return commands;
  }

  start(): void {
    this.give({ kind: "start", tMs: this.nowMs });
  }

  /** Ticks for so many seconds. */
  run(seconds: number, look?: (tMs: number) => void): void {
    const endMs = this.nowMs + seconds * 1000;
    while (this.nowMs < endMs) {
      this.nowMs += 50;
      for (const sample of this.source?.advance(this.nowMs, this.engine.snapshot(this.nowMs)) ?? []) {
        this.give({ kind: "sample", tMs: sample.tMs, sample });
      }
      this.give({ kind: "tick", tMs: this.nowMs });
      look?.(this.nowMs);
    }
  }

  of<Kind extends EngineCommand["kind"]>(kind: Kind): Extract<EngineCommand, { kind: Kind }>[] {
    return this.commands.filter((command) => command.kind === kind) as Extract<
      EngineCommand,
      { kind: Kind }
    >[];
  }

  /** Where a deck is at a time by its commands alone, as the contract says; null while it does not play. */
  sourceAt(deck: "a" | "b", tMs: number, fromIndex = 0, toIndex = this.commands.length): number | null {
    const plays = this.commands
      .slice(fromIndex, toIndex)
      .filter((command): command is Play => command.kind === "deck-play" && command.deck === deck);
    let current: Play | null = null;
    for (let index = 0; index < plays.length; index++) {
      const play = plays[index];
      // A later command erases what was planned at or after its own time.
      if (plays.slice(index + 1).some((later) => later.atMs <= play.atMs)) continue;
      if (play.atMs <= tMs) current = play;
    }
    return current === null ? null : current.sourceS + ((tMs - current.atMs) / 1000) * current.rate;
  }
}
