import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ListensError, maxListensBytes } from "./listen.ts";
import { readListens } from "./read-listens.ts";

const nowMs = Date.UTC(2026, 5, 17);
const atS = Date.UTC(2023, 11, 31, 22, 4) / 1000;
const one = { artist: "Sample Artist", title: "A Song", atMs: atS * 1000 };
const read = (text: string, name = "history") => readListens(name, text, nowMs);
const brainz = {
  listened_at: atS,
  track_metadata: { artist_name: "Sample Artist", track_name: "A Song", release_name: "R" },
};
const fm = { artist: { "#text": "Sample Artist" }, name: "A Song", date: { uts: String(atS) } };

describe("every form of a history holds the same listen", () => {
  const forms: Readonly<Record<string, string>> = {
    "ListenBrainz, a list": JSON.stringify([brainz]),
    "ListenBrainz, a line each": `${JSON.stringify(brainz)}\n`,
    "ListenBrainz, its API": JSON.stringify({ payload: { count: 1, listens: [brainz] } }),
    "Last.fm, its API": JSON.stringify({ recenttracks: { track: [fm] } }),
    "Last.fm, pages": JSON.stringify([[fm]]),
    "Last.fm, CSV with a header":
      "\uFEFFuts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n" +
      `"${atS}","31 Dec 2023, 22:04","Sample Artist","","R","","A Song",""\n`,
    "Last.fm, bare CSV": "Sample Artist,R,A Song,31 Dec 2023 22:04\r\n",
  };
  for (const [form, text] of Object.entries(forms)) {
    test(form, () => {
      const { listens, unreadable, format } = read(text);
      assert.deepEqual([listens, unreadable], [[one], 0]);
      assert.equal(format, form.startsWith("Last") ? "lastfm" : "listenbrainz");
    });
  }
});

test("favourites are named by #EXTINF, or by the file", () => {
  const text = [
    "#EXTM3U",
    "#EXTINF:214,Sample Artist - A Song",
    "music/anything.mp3",
    "/music/07. Other Artist - B-Side - live.flac",
    "C:\\music\\untitled.ogg",
  ].join("\r\n");
  const { listens, unreadable, format } = read(text);
  assert.equal(format, "m3u");
  assert.deepEqual(
    listens.map(({ artist, title, atMs }) => [artist, title, atMs]),
    [
      ["Sample Artist", "A Song", null],
      ["Other Artist", "B-Side - live", null],
    ],
  );
  assert.equal(unreadable, 1);
});

test("quotes, commas and line breaks within a CSV field are of the field", () => {
  const { listens } = read(`artist,track,uts\n"Earth, Wind ""&"" Fire","Two\nlines",${atS}\n`);
  assert.deepEqual(listens[0], { artist: 'Earth, Wind "&" Fire', title: "Two\nlines", atMs: one.atMs });
});

test("what plays now, has no time, is of tomorrow or of 1970 is left out and counted", () => {
  const odd = [
    { artist: { "#text": "A" }, name: "B", "@attr": { nowplaying: "true" } },
    { ...fm, date: { uts: "0" } },
    { ...fm, date: { uts: String(nowMs / 1000 + 200_000) } },
    { ...fm, name: "  " },
    fm,
  ];
  const { listens, unreadable } = read(JSON.stringify({ recenttracks: { track: odd } }));
  assert.deepEqual([listens.length, unreadable], [1, 4]);
});

test("what is no history is refused with one line", () => {
  const deep = "[".repeat(10_000) + "]".repeat(10_000);
  const bad = [
    "",
    "  ",
    "hello",
    "{}",
    "[]",
    "[1,2]",
    '{"__proto__":{"track_metadata":{}}}',
    deep,
    "a,b\n1,2",
    "<xml/>",
    "#EXTM3U\nx.mp3",
  ];
  for (const text of bad) assert.throws(() => read(text), ListensError, text.slice(0, 40));
  assert.throws(() => read("x".repeat(maxListensBytes + 1)), /32 MB/);
  assert.throws(() => read(",".repeat(1_000_000)), ListensError);
});

test("whatever stands in a file: listens in order, or one error; nothing invented", () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      '"',
      ",",
      "\n",
      "\r\n",
      "[",
      "]",
      "{",
      "}",
      "#EXTM3U\n",
      "#EXTINF:1,A - B\n",
      "artist,track,uts\n",
      "\u0000",
      "\uFEFF",
    ),
    fc.json({ maxDepth: 3 }),
    fc.constantFrom(JSON.stringify(brainz), JSON.stringify(fm), `"a","b","c",${atS}\n`),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.constantFrom("a.json", "a.m3u8", "a.csv"),
      (pieces, name) => {
        const text = pieces.join("");
        try {
          for (const { artist, title, atMs } of read(text, name).listens) {
            assert.ok(artist.trim() !== "" && title.trim() !== "");
            assert.ok(atMs === null || (atMs > 0 && atMs <= nowMs + 86_400_000));
          }
        } catch (error) {
          assert.ok(error instanceof ListensError, String(error));
          assert.ok(!error.message.includes("\n"));
        }
      },
    ),
    { numRuns: 2000 },
  );
});
