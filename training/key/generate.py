"""Songs whose key is known: python3 generate.py FIRST_SEED COUNT OUT_DIR. The procedural songs of training/beat-net, over
progressions that say where home is; each becomes SEED.wav and SEED.json {tonic: 0..11, minor}."""
import json
import os
import pathlib
import sys

import numpy as np
import soundfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "beat-net"))
import score
import songs
from features import SAMPLE_RATE
from render import render

LENGTH_S = 40.0
MAJOR = (
    [0, 4, 5, 3], [0, 3, 4, 0], [0, 5, 3, 4], [0, 3, 0, 4], [5, 3, 0, 4], [1, 4, 0, 0], [0, 5, 1, 4], [0, 2, 3, 4], [0, 0, 3, 4],
    [0, 3, 4, 3], [0, 1, 3, 0], [0, 4, 0, 3], [0, 0, 0, 0, 3, 3, 0, 0, 4, 3, 0, 4],
)  # fmt: skip
MINOR = (
    [0, 5, 2, 6], [0, 3, 4, 0], [0, 6, 5, 4], [0, 5, 6, 0], [0, 3, 0, 4], [0, 6, 0, 4], [0, 2, 5, 4], [0, 0, 5, 4], [0, 3, 6, 2],
    [5, 6, 0, 0], [0, 6, 5, 6], [0, 0, 0, 0, 3, 3, 0, 0, 4, 3, 0, 4],
)  # fmt: skip
FEWEST_NOTES = 40


class HomeHarmony(score.Harmony):
    """A progression of the lists above; in minor, the seventh is raised over the fifth degree as often as not."""

    latest = None

    def __init__(self, random, beats_per_bar):
        super().__init__(random, beats_per_bar)
        self.minor = self.scale[2] == 3
        lists = MINOR if self.minor else MAJOR
        self.roots = lists[int(random.integers(len(lists)))]
        self.bars_per_chord = float(random.choice([0.5, 1, 1, 2]))
        self.loop_bars = max(1, round(len(self.roots) * self.bars_per_chord))
        self.raises = self.minor and random.random() < 0.6
        self.root = 0
        HomeHarmony.latest = self

    def degree_at(self, bar, beat):
        self.root = super().degree_at(bar, beat)
        return self.root

    def pitch(self, degree, octave):
        raised = self.raises and self.root == 4 and degree % 7 == 6 and self.scale[6] == 10
        return super().pitch(degree, octave) + int(raised)


songs.Harmony = HomeHarmony


def main():
    first, count, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    os.makedirs(folder, exist_ok=True)
    for seed in range(first, first + count):
        random = np.random.default_rng(seed)
        song = songs.procedural_song(random, LENGTH_S)
        rendered = render(song, random, LENGTH_S)
        if rendered is None or sum(note[2] != score.DRUM_CHANNEL for note in song.notes) < FEWEST_NOTES:
            continue
        samples = rendered[0] / max(1e-9, np.abs(rendered[0]).max()) * 0.8
        soundfile.write(f"{folder}/{seed}.wav", samples.astype(np.float32), SAMPLE_RATE, subtype="PCM_16")
        with open(f"{folder}/{seed}.json", "w") as about:
            json.dump({"tonic": HomeHarmony.latest.key % 12, "minor": bool(HomeHarmony.latest.minor)}, about)


if __name__ == "__main__":
    main()
