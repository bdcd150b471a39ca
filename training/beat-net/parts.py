"""The pitched parts of a procedural song: bass, chords, pads, arpeggios and a lead. Channels 1 to 5."""
import numpy as np

BASS, CHORDS, PAD, ARPEGGIO, LEAD = 1, 2, 3, 4, 5


def rhythm(random, steps, per_beat, density, syncopation):
    """Steps of a bar on which something sounds; the first step nearly always."""
    chosen = []
    for step in range(steps):
        on_beat, half = step % per_beat == 0, per_beat == 4 and step % 2 == 0
        chance = density * (1.6 if on_beat else (0.9 if half or per_beat == 3 else 0.35) * syncopation)
        if random.random() < min(max(chance, 0.85) if step == 0 else chance, 0.99):
            chosen.append(step)
    return chosen or [0]


class Parts:
    def __init__(self, pen, random, style, harmony, sections, bars, patterns):
        self.pen, self.random, self.style, self.harmony, self.sections = pen, random, style, harmony, sections
        self.bars, self.patterns = bars, patterns
        self.metre, self.per_beat = harmony.beats_per_bar, pen.feel.steps_per_beat
        self.steps = self.metre * self.per_beat
        self.anticipation = 0.5 if random.random() < 0.15 else 0.0
        self.eighth = 2 if self.per_beat == 4 else 1

    def _pick(self, *choices):
        return choices[int(self.random.integers(len(choices)))]

    def _bars_played(self, share):
        playing = self.sections.active(share)
        return (bar for bar in range(self.bars) if playing[self.sections.of(bar)])

    def _two_rhythms(self, density, syncopation):
        draw = self.random.uniform
        return [rhythm(self.random, self.steps, self.per_beat, draw(*density), draw(*syncopation)) for _ in range(2)]

    def _degree(self, bar, step):
        return self.harmony.degree_at(bar, step / self.per_beat + self.anticipation)

    def bass(self):
        random = self.random
        programs = (33, 34, 29, 30) if self.style.guitars else (32, 33, 34, 35, 36, 38, 39, 38, 39, 43, 58, 87)
        self.pen.song.programs[BASS] = self._pick(*programs)
        kind = random.choice(["eighths", "beats", "rhythm", "walk", "off", "long", "octave", "kick", "oompah"],
                             p=[0.18, 0.1, 0.26, 0.05, 0.1, 0.11, 0.08, 0.07, 0.05])
        if self.style.drums == "swing":
            kind = "walk"
        rhythms = self._two_rhythms((0.25, 0.7), (0.3, 1.1))
        for bar in self._bars_played(0.9):
            section = self.sections.of(bar)
            for order, (step, length) in enumerate(self._bass_steps(kind, rhythms, section)):
                pitch = self.harmony.pitch(self._degree(bar, step), 3)
                pitch -= 12 if pitch > 52 else 0
                if kind == "walk" and order:
                    pitch += self._pick(0, 3, 4, 7, 5, 2, -2)
                elif kind == "octave" and order % 2:
                    pitch += 12
                elif kind == "oompah" and order % 2:
                    pitch -= 5
                elif random.random() < 0.08:
                    pitch += self._pick(7, 12, -5)
                self.pen.note(bar * self.metre + step / self.per_beat, length, BASS, pitch, random.integers(85, 110))

    def _bass_steps(self, kind, rhythms, section):
        if kind in ("eighths", "octave"):
            return [(step, 0.45) for step in range(0, self.steps, self.eighth)]
        if kind in ("beats", "walk"):
            return [(step, 0.9) for step in range(0, self.steps, self.per_beat)]
        if kind == "off":
            return [(step, 0.4) for step in range(self.per_beat // 2, self.steps, self.per_beat)]
        if kind == "long":
            return [(0, self.metre * 0.95)]
        if kind == "oompah":
            return [(0, 0.8)] + ([(2 * self.per_beat, 0.8)] if self.metre == 4 else [])
        if kind == "kick" and self.patterns is not None:
            return [(step, 0.4) for step in np.flatnonzero(self.patterns[section % 2].kick)] or [(0, 1)]
        return [(step, 0.4) for step in rhythms[section % 2]]

    def chords(self):
        random = self.random
        programs = (29, 30, 30, 31) if self.style.guitars else (0, 1, 4, 5, 6, 16, 17, 24, 25, 26, 27, 28, 21, 11, 48, 50, 61, 62, 80, 81, 88, 90)
        self.pen.song.programs[CHORDS] = self._pick(*programs)
        kind = random.choice(["rhythm", "eighths", "beats", "off", "whole", "backbeat", "half"], p=[0.36, 0.15, 0.1, 0.12, 0.15, 0.07, 0.05])
        if self.style.drums == "one-drop":
            kind = "off"
        if self.metre == 3 and random.random() < 0.5:
            kind = "oompah"
        rhythms = self._two_rhythms((0.25, 0.6), (0.4, 1.3))
        voices = int(random.choice([2, 3, 3, 4]))
        for bar in self._bars_played(0.88):
            for step, length in self._chord_steps(kind, rhythms, self.sections.of(bar)):
                beat, degree = bar * self.metre + step / self.per_beat, self._degree(bar, step)
                if self.style.guitars:
                    root = self.harmony.pitch(degree, 3)
                    root -= 12 if root > 52 else 0
                    pitches = (root, root + 7, root + 12)
                else:
                    pitches = [self.harmony.pitch(degree + 2 * voice, 5) for voice in range(voices)]
                    pitches = [pitch - 12 if pitch > 76 else pitch for pitch in pitches]
                velocity = random.integers(65, 105)
                for pitch in pitches:
                    self.pen.note(beat, length, CHORDS, pitch, velocity)

    def _chord_steps(self, kind, rhythms, section):
        if kind == "eighths":
            return [(step, 0.4) for step in range(0, self.steps, self.eighth)]
        if kind == "beats":
            return [(step, 0.8) for step in range(0, self.steps, self.per_beat)]
        if kind == "off":
            return [(step, 0.3) for step in range(2, self.steps, self.per_beat)]
        if kind == "whole":
            return [(0, self.metre * 0.98)]
        if kind == "half":
            return [(0, self.metre * 0.48), (self.steps // 2, self.metre * 0.48)]
        if kind == "backbeat":
            return [(step, 0.4) for step in range(self.per_beat, self.steps, 2 * self.per_beat)]
        if kind == "oompah":
            return [(step, 0.4) for step in range(self.per_beat, self.steps, self.per_beat)]
        return [(step, 0.5) for step in rhythms[section % 2]]

    def pad(self):
        self.pen.song.programs[PAD] = self._pick(48, 49, 50, 51, 52, 88, 89, 90, 91, 92, 94, 95, 16, 19)
        bars_held = 2 if self.harmony.bars_per_chord > 1 else 1
        octave = self._pick(4, 5)
        for bar in self._bars_played(0.8):
            if bar % bars_held == 0:
                for voice in range(3):
                    pitch = self.harmony.pitch(self.harmony.degree_at(bar, 0) + 2 * voice, octave)
                    self.pen.note(bar * self.metre, self.metre * bars_held * 0.99, PAD, pitch, 70)

    def arpeggio(self):
        random = self.random
        self.pen.song.programs[ARPEGGIO] = self._pick(0, 11, 12, 8, 45, 46, 24, 80, 81, 84, 87, 98, 6, 13, 104)
        step_size = self._pick(1, 2, 2) if self.per_beat == 4 else 1
        length = int(random.choice([4, 4, 8, 3, 6], p=[0.45, 0.2, 0.15, 0.12, 0.08]))
        offsets, rests, restarts = random.integers(0, 6, length), random.random(length) < 0.1, random.random() < 0.8
        for bar in self._bars_played(0.8):
            for order, step in enumerate(range(0, self.steps, step_size)):
                place = (order if restarts else order + bar * (self.steps // step_size)) % length
                if not rests[place]:
                    pitch = self.harmony.pitch(self._degree(bar, step) + 2 * int(offsets[place]), 5)
                    velocity = random.integers(60, 90) + (8 if order == 0 else 0)
                    self.pen.note(bar * self.metre + step / self.per_beat, step_size / self.per_beat * 0.9, ARPEGGIO, pitch, velocity)

    def _melody(self, phrase_bars):
        random, degree, line = self.random, int(self.random.integers(0, 8)), []
        density, syncopation = random.uniform(0.2, 0.55), random.uniform(0.3, 1.4)
        for bar in range(phrase_bars):
            for step in rhythm(random, self.steps, self.per_beat, density, syncopation) if random.random() < 0.9 else []:
                degree = int(np.clip(degree + random.choice([-2, -1, -1, 0, 1, 1, 2, 3, -3]), -3, 12))
                line.append((bar, step, degree))
        return line

    def lead(self):
        random = self.random
        self.pen.song.programs[LEAD] = self._pick(0, 22, 25, 40, 56, 57, 60, 65, 66, 68, 71, 73, 74, 75, 80, 81, 82, 85, 26, 29, 30, 11, 52, 53, 54, 64)
        self.pen.song.melody = LEAD
        phrase_bars = self._pick(1, 2, 4)
        phrases, playing = [self._melody(phrase_bars) for _ in range(3)], self.sections.active(0.65)
        for first in range(0, self.bars, phrase_bars):
            if playing[self.sections.of(first)]:
                for bar, step, degree in phrases[int(random.choice(3, p=[0.5, 0.3, 0.2]))]:
                    length = float(random.choice([0.4, 0.8, 1.5]))
                    beat = (first + bar) * self.metre + step / self.per_beat
                    self.pen.note(beat, length, LEAD, self.harmony.pitch(degree, 5), random.integers(75, 115))
