import assert from "node:assert/strict";
import { test } from "node:test";
import { isFileOf, isVideoAddress, isVideoFile, videoHost, videoLimits } from "./class-video.ts";

test("an address is one that a browser loads over TLS and that hides nothing", () => {
  for (const url of ["https://a.example/ride.mp4", "https://a.example:8443/", "https://10.0.0.7/x?y=1#t=2"])
    assert.ok(isVideoAddress(url), url);
  const wrong = [
    "http://a.example/ride.mp4",
    "javascript:alert(1)//https://a.example/",
    "data:video/mp4,https://a.example/",
    "blob:https://a.example/1",
    "file:///etc/passwd",
    "//a.example/ride.mp4",
    "https://somebody:secret@a.example/",
    "https://a.example",
    "https:///ride.mp4",
    "https://a.example/a b",
    "https://a.example/\n",
    "https://a.example/ride.mp4\n",
    "https://аpple.example/",
    " https://a.example/",
    `https://a.example/${"x".repeat(videoLimits.urlLength)}`,
    "",
  ];
  for (const url of wrong) assert.ok(!isVideoAddress(url), JSON.stringify(url));
});

test("a file has a name, not a path, and a size that a file can have", () => {
  assert.ok(isVideoFile("Hügel – Teil 1.mp4", 1));
  assert.ok(isVideoFile("x".repeat(255), videoLimits.fileBytes));
  for (const name of ["", "a/b.mp4", "..\\b.mp4", "a\nb", "a\u0000", "x".repeat(256)])
    assert.ok(!isVideoFile(name, 1), JSON.stringify(name));
  for (const size of [0, -1, Number.NaN, Infinity, videoLimits.fileBytes + 1])
    assert.ok(!isVideoFile("a.mp4", size), String(size));
});

test("a file is the one that is meant by name and size", () => {
  const video = { fileName: "a.mp4", sizeBytes: 5, offsetS: 0 };
  assert.ok(isFileOf(video, { name: "a.mp4", size: 5 }));
  assert.ok(!isFileOf(video, { name: "a.mp4", size: 6 }));
  assert.ok(!isFileOf(video, { name: "b.mp4", size: 5 }));
  assert.ok(!isFileOf({ url: "https://a.example/", offsetS: 0 }, { name: "a.mp4", size: 5 }));
});

test("who a video is loaded from can be said", () => {
  assert.equal(videoHost({ url: "https://a.example:8443/x", offsetS: 0 }), "a.example");
  assert.equal(videoHost({ fileName: "a", sizeBytes: 1, offsetS: 0 }), null);
});
