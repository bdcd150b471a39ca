import assert from "node:assert/strict";
import { test } from "node:test";
import { totalBars } from "./arrangement.ts";
import { composeScore } from "./compose-score.ts";
import { trackSpecs } from "./demo-specs.ts";
import { scaleOfKey } from "./harmony.ts";
import type { Score } from "./score.ts";
import { swungBeat } from "./swing.ts";

const scores = trackSpecs.map((spec) => composeScore(spec));

function forEveryScore(check: (score: Score, endBeat: number) => void): void {
  for (const score of scores) {
    check(score, totalBars(score.sections) * score.spec.beatsPerBar);
  }
}

test("every note lies inside its track, in a range its instrument has", () => {
  forEveryScore((score, endBeat) => {
    for (const part of score.parts) {
      for (const note of part.notes) {
        const where = `${score.spec.slug}, ${part.name}, beat ${note.beat}`;
        assert.ok(note.beat >= 0 && note.beat < endBeat && note.beats > 0, where);
        assert.ok(note.beats <= 8 * score.spec.beatsPerBar, where);
        assert.ok(note.velocity > 0 && note.velocity <= 1, where);
        const [low, high] = part.name === "bass" ? [26, 62] : [40, 112];
        assert.ok(
          Number.isInteger(note.midi) && note.midi >= low && note.midi <= high,
          `${where}: ${note.midi}`,
        );
      }
    }
    for (const hit of score.drums) assert.ok(hit.beat >= 0 && hit.beat < endBeat && hit.velocity > 0);
  });
});

test("every pitch belongs to the key, or is the raised seventh of a minor key", () => {
  forEveryScore((score) => {
    const scale = scaleOfKey(score.spec.key);
    const allowed = new Set(scale.steps);
    if (scale.minor) allowed.add(11);
    for (const part of score.parts) {
      for (const { midi, beat } of part.notes) {
        const step = (midi - scale.tonic + 120) % 12;
        assert.ok(allowed.has(step), `${score.spec.slug}, ${part.name}, beat ${beat}: step ${step}`);
      }
    }
  });
});

test("in the loudest sections a drum marks every downbeat, and no bar is silent anywhere", () => {
  forEveryScore((score) => {
    const bar = score.spec.beatsPerBar;
    const kicks = new Set(score.drums.filter((hit) => hit.voice === "kick").map((hit) => hit.beat));
    const sounding = new Set(
      score.parts.flatMap((part) => part.notes).map((note) => Math.floor(note.beat / bar)),
    );
    for (const section of score.sections) {
      for (let index = section.startBar; index < section.startBar + section.bars; index++) {
        assert.ok(sounding.has(index), `${score.spec.slug}: bar ${index} is silent`);
        if (section.kind === "drop")
          assert.ok(kicks.has(index * bar), `${score.spec.slug}: no kick in bar ${index}`);
      }
    }
  });
});

test("themes come back: a drop's first eight bars of melody sound again in the last drop", () => {
  forEveryScore((score) => {
    const bar = score.spec.beatsPerBar;
    const lead = score.parts.find((part) => part.name === "lead")?.notes ?? [];
    const drops = score.sections.filter((section) => section.kind === "drop");
    const melodyOf = (startBar: number): string[] =>
      lead
        .filter((note) => note.beat >= startBar * bar && note.beat < (startBar + 8) * bar)
        .map((note) => `${(note.beat - startBar * bar).toFixed(3)} ${note.midi}`);
    const first = melodyOf(drops[0].startBar);
    const last = new Set(melodyOf(drops[drops.length - 1].startBar));
    assert.ok(first.length >= 12, `${score.spec.slug} has a theme of ${first.length} notes`);
    assert.ok(first.every((note) => last.has(note)));
  });
});

test("the same spec and seed give the same score, another seed another", () => {
  const spec = trackSpecs[10];
  assert.deepEqual(composeScore(spec, 3), composeScore(spec, 3));
  assert.notDeepEqual(composeScore(spec, 3).parts, composeScore(spec, 4).parts);
});

test("swing delays off-notes and never a beat", () => {
  const swing = { unitBeats: 0.25, amount: 0.3 } as const;
  for (let beat = 0; beat < 64; beat++) {
    assert.equal(swungBeat(beat, swing), beat);
    assert.equal(swungBeat(beat + 0.5, swing), beat + 0.5);
    assert.ok(Math.abs(swungBeat(beat + 0.25, swing) - (beat + 0.25 + 0.3 * 0.25)) < 1e-9);
  }
});
