import assert from "node:assert/strict";
import { test } from "node:test";
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import { catalogue } from "#domain/catalogue/index.ts";
import { planSoundtrack } from "#domain/soundtrack/planner.ts";
import { createLibraryWatch, idleProgress } from "./library-watch.ts";
import { preferDemoTracks } from "./prefer-demo-tracks.ts";

test("the tracks a class needs are composed next, only while composing", async () => {
  const plan = catalogue().find(({ sport, durationS }) => sport === "cycling" && durationS <= 1200);
  assert.ok(plan);
  const soundtrack = planSoundtrack({ plan, tracks: demoPlannerTracks(), seed: 0, budget: "quick" });
  const watch = createLibraryWatch();
  const preferred: (readonly string[])[] = [];
  const answer = { soundtrack, tracks: [], tasteOf: () => assert.fail("nobody asks") };
  const ask = preferDemoTracks(async () => answer, {
    classes: { byId: async (_of, id) => (id === plan.id ? plan : null) },
    planner: {
      async plan(_request, library) {
        assert.equal((await library.tracks()).length, demoPlannerTracks().length);
        return soundtrack;
      },
      alternatives: () => assert.fail("nobody asks"),
      close: async () => {},
    },
    demo: { prefer: (ids) => preferred.push(ids) },
    watch,
    onFailure: assert.ifError,
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const viewer = { personId: "p", isApp: false };
  const wish = { viewer, classId: plan.id, seed: 0, fromS: 0, exclude: [], swaps: [] };
  assert.equal(await ask(wish), answer);
  await settled();
  assert.deepEqual(preferred, []);
  watch.publish({ ...idleProgress, state: "composing" });
  await ask(wish);
  await ask({ ...wish, classId: "unknown" });
  await settled();
  assert.deepEqual(preferred, [soundtrack.slots.map(({ trackId }) => trackId)]);
});
