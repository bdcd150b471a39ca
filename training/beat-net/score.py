"""What a song is before it sounds: notes in beats, and the small vocabulary all styles share."""
from dataclasses import dataclass, field

import numpy as np

DRUM_CHANNEL = 9
KICK, STICK, SNARE, CLAP, CLOSED_HAT, OPEN_HAT, CRASH, RIDE, PEDAL_HAT = 36, 37, 38, 39, 42, 46, 49, 51, 44
TOMS = (41, 43, 45, 47, 48, 50)

SCALES = ([0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 3, 5, 7, 9, 10], [0, 2, 4, 5, 7, 9, 10])


@dataclass
class Song:
    kind: str
    style: str
    tempo_bpm: float
    beats_per_bar: int
    beats: int
    # (beat, length in beats, channel, pitch, velocity)
    notes: list = field(default_factory=list)
    programs: dict = field(default_factory=dict)
    drum_program: int = 0
    # Channel of what could be sung, if any.
    melody: int | None = None


@dataclass
class Feel:
    """How a style divides the beat and how loosely it is played."""

    steps_per_beat: int
    swing: float  # share of a pair of sixteenths taken by the first; 0.5 is straight
    looseness_beats: float
    velocity_spread: float


class Pen:
    """Writes notes with a style's feel."""

    def __init__(self, song, feel, random):
        self.song, self.feel, self.random = song, feel, random

    def note(self, beat, length, channel, pitch, velocity):
        if self.feel.steps_per_beat == 4 and abs((beat * 4) % 2 - 1) < 1e-6:
            beat += (self.feel.swing - 0.5) / 2
        beat += self.random.normal(0, self.feel.looseness_beats)
        velocity = np.clip(velocity + self.random.normal(0, self.feel.velocity_spread), 8, 127)
        pitch = int(np.clip(pitch, 0, 127))
        self.song.notes.append((max(0.0, beat), length, channel, pitch, int(velocity)))

    def drum(self, beat, pitch, velocity):
        self.note(beat, 0.1, DRUM_CHANNEL, pitch, velocity)


class Harmony:
    """A looping chord progression over a scale."""

    def __init__(self, random, beats_per_bar):
        self.beats_per_bar = beats_per_bar
        self.scale = SCALES[random.choice(4, p=[0.4, 0.35, 0.15, 0.1])]
        self.key = int(random.integers(0, 12))
        self.loop_bars = int(random.choice([1, 2, 4, 4, 4, 8]))
        self.bars_per_chord = float(random.choice([1, 2, 0.5], p=[0.62, 0.25, 0.13]))
        count = max(1, int(self.loop_bars / self.bars_per_chord))
        self.roots = [int(r) for r in random.choice([0, 3, 4, 5, 1, 2, 6], count, p=[0.3, 0.18, 0.18, 0.16, 0.08, 0.06, 0.04])]
        if random.random() < 0.75:
            self.roots[0] = 0

    def degree_at(self, bar, beat):
        place = ((bar % self.loop_bars) + beat / self.beats_per_bar) / self.bars_per_chord
        return self.roots[int(place) % len(self.roots)]

    def pitch(self, degree, octave):
        return self.key + self.scale[degree % 7] + 12 * (degree // 7 + octave)


class Sections:
    """Which section of the song a bar lies in, and who plays there."""

    def __init__(self, random, bars):
        self.random = random
        self.length = int(random.choice([4, 8]))
        self.count = bars // self.length + 1

    def of(self, bar):
        return bar // self.length

    def is_last_bar(self, bar):
        return bar % self.length == self.length - 1

    def active(self, probability):
        playing = [bool(self.random.random() < probability) for _ in range(self.count)]
        if not any(playing):
            playing[-1] = True
        return playing
