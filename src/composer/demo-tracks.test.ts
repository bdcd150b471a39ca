import assert from "node:assert/strict";
import { test } from "node:test";
import { tempoRatiosOf } from "#domain/soundtrack/objective.ts";
import { arrange } from "./arrangement.ts";
import { trackSpecs } from "./demo-specs.ts";
import { demoPlannerTracks } from "./demo-tracks.ts";

const tracks = demoPlannerTracks();

test("the library is large and varied enough to train to", () => {
  assert.ok(tracks.length >= 24);
  assert.equal(new Set(tracks.map((track) => track.id)).size, tracks.length);
  assert.ok(new Set(tracks.map((track) => track.key)).size >= 8);
  assert.ok(trackSpecs.filter((spec) => spec.beatsPerBar === 3).length >= 2);
  assert.ok(Math.min(...tracks.map((track) => track.energy)) <= 0.15);
  assert.ok(Math.max(...tracks.map((track) => track.energy)) >= 0.95);
  for (const track of tracks) {
    assert.match(track.id, /^demo-[a-z0-9-]+$/);
    assert.ok(track.durationS >= 120 && track.durationS <= 180, `${track.id} lasts ${track.durationS} s`);
    assert.ok(track.tempoBpm >= 80 && track.tempoBpm <= 180);
  }
});

test("every cadence of a class is within 4 % of some track at its sport's ratios", () => {
  const sports = [
    { sport: "cycling", from: 60, to: 110 },
    { sport: "running", from: 150, to: 190 },
    { sport: "walking", from: 100, to: 130 },
    { sport: "rowing", from: 18, to: 34 },
  ] as const;
  for (const { sport, from, to } of sports) {
    const ratios = tempoRatiosOf(sport);
    for (let cadence = from; cadence <= to; cadence += 0.5) {
      const stretches = ratios.flatMap((ratio) =>
        tracks.map((track) => Math.abs(Math.log((cadence * ratio) / track.tempoBpm))),
      );
      assert.ok(Math.min(...stretches) <= 0.04, `nothing near ${sport} at ${cadence}`);
    }
  }
});

test("beats are evenly spaced at the tempo, every bar starts on a downbeat", () => {
  tracks.forEach((track, index) => {
    const beatsS = track.beatsS ?? [];
    const beatsPerBar = trackSpecs[index].beatsPerBar;
    assert.equal(beatsS[0], 0.1);
    beatsS.forEach((beatS, beat) => assert.ok(Math.abs(beatS - (0.1 + (beat * 60) / track.tempoBpm)) < 1e-9));
    assert.deepEqual(
      track.downbeatsS,
      beatsS.filter((_, beat) => beat % beatsPerBar === 0),
    );
    assert.ok(beatsS[beatsS.length - 1] < track.durationS);
  });
});

test("sections touch, come in phrases of four bars and follow the form", () => {
  for (const spec of trackSpecs) {
    const sections = arrange(spec);
    let bar = 0;
    for (const section of sections) {
      assert.equal(section.startBar, bar);
      assert.equal(section.bars % 4, 0);
      bar += section.bars;
    }
    assert.equal(sections[0].kind, "intro");
    assert.equal(sections[sections.length - 1].kind, "outro");
  }
});
