"""Drum parts: a bar as velocities per step for kick, snare and hat, from the family a style names."""
import numpy as np

from score import CLAP, CLOSED_HAT, CRASH, KICK, OPEN_HAT, PEDAL_HAT, RIDE, SNARE, STICK, TOMS


class Bar:
    def __init__(self, beats, steps_per_beat):
        self.beats, self.steps_per_beat = beats, steps_per_beat
        self.steps = beats * steps_per_beat
        self.kick, self.snare, self.hat = (np.zeros(self.steps) for _ in range(3))
        self.extra = []
        self.hat_pitch, self.snare_pitch = CLOSED_HAT, SNARE

    def put(self, voice, beat, velocity):
        voice[int(round(beat * self.steps_per_beat)) % self.steps] = velocity

    def every_beat(self, voice, velocity, offset=0.0):
        for beat in range(self.beats):
            self.put(voice, beat + offset, velocity)


def _kicks(bar, random, on_beat, off_half, off_other):
    for step in range(bar.steps):
        beat, rest = divmod(step, bar.steps_per_beat)
        half = bar.steps_per_beat == 4 and rest == 2
        chance = on_beat(beat) if rest == 0 else (off_half if half else off_other)
        if random.random() < chance:
            bar.kick[step] = random.integers(95, 125)


def _backbeat(bar, random):
    _kicks(bar, random, lambda beat: {0: 0.97, 2: 0.6}.get(beat, 0.15), 0.22, 0.04)
    if bar.beats == 4:
        choice = random.random()
        if choice < 0.75:
            bar.put(bar.snare, 1, 110), bar.put(bar.snare, 3, 110)
        elif choice < 0.92:
            bar.put(bar.snare, 2, 112)
        else:
            bar.put(bar.snare, 0, 100), bar.put(bar.snare, 2, 100)
    elif bar.beats == 2:
        bar.put(bar.snare, 1, 105)
    elif bar.beats == 5:
        bar.put(bar.snare, 3, 105)
        if random.random() < 0.4:
            bar.put(bar.snare, 1.5, 60)
    else:
        _waltz(bar, random)


def _four(bar, random):
    bar.every_beat(bar.kick, 118)
    if random.random() < 0.6:
        bar.put(bar.snare, 1, 90), bar.put(bar.snare, 3, 90)
        bar.snare_pitch = CLAP if random.random() < 0.6 else SNARE
    for step in range(bar.steps):
        if random.random() < 0.04:
            bar.kick[step] = 95


def _four_backbeat(bar, random):
    _four(bar, random)
    bar.put(bar.snare, 1, 112), bar.put(bar.snare, 3, 112)


def _half_time(bar, random):
    _kicks(bar, random, lambda beat: 0.97 if beat == 0 else 0.2, 0.25, 0.06)
    bar.put(bar.snare, 2, 115)


def _off_beat(bar, random):
    bar.every_beat(bar.kick, 112)
    bar.every_beat(bar.snare, 108, 0.5)
    if random.random() < 0.3:
        for beat in range(1, bar.beats, 2):
            bar.put(bar.kick, beat, 0)


def _double_time(bar, random):
    if random.random() < 0.55:
        return _off_beat(bar, random)
    _kicks(bar, random, lambda beat: 0.97 if beat % 2 == 0 else 0.1, 0.3, 0.05)
    bar.put(bar.snare, 1, 115), bar.put(bar.snare, 3, 115)


def _metal(bar, random):
    choice = random.random()
    if choice < 0.35:
        _backbeat(bar, random)
    elif choice < 0.6:
        _half_time(bar, random)
    else:
        _off_beat(bar, random)
    if random.random() < 0.5:
        for step in range(0, bar.steps, int(random.choice([1, 2]))):
            bar.kick[step] = max(bar.kick[step], random.integers(90, 118))


def _blast(bar, random):
    first = int(random.random() < 0.5)
    for step in range(bar.steps):
        (bar.snare if step % 2 != first else bar.kick)[step] = 105


def _break(bar, random):
    bar.put(bar.kick, 0, 118), bar.put(bar.kick, 2.5, 110)
    bar.put(bar.snare, 1, 115), bar.put(bar.snare, 3, 115)
    for beat in (0.75, 1.75, 2.25, 3.5):
        if random.random() < 0.35:
            bar.put(bar.snare, beat, random.integers(35, 70))
    if random.random() < 0.4:
        bar.put(bar.kick, 0.5, 95)


def _loose(bar, random):
    _kicks(bar, random, lambda beat: 0.97 if beat == 0 else 0.25, 0.3, 0.15)
    bar.put(bar.snare, 1, 110), bar.put(bar.snare, 3, 110)


def _trap(bar, random):
    _kicks(bar, random, lambda beat: 0.97 if beat == 0 else 0.2, 0.25, 0.12)
    bar.put(bar.snare, 2, 112)
    bar.snare_pitch = CLAP


def _swing(bar, random):
    for beat in range(bar.beats):
        bar.put(bar.hat, beat, 90)
        if beat % 2 == 1:
            bar.put(bar.hat, beat + 2 / 3, 80)
            bar.extra.append((beat, PEDAL_HAT))
        if random.random() < 0.3:
            bar.put(bar.snare, beat + 2 / 3, random.integers(30, 70))
        if random.random() < 0.4:
            bar.put(bar.kick, beat, random.integers(40, 70))
    bar.hat_pitch = RIDE


def _bossa(bar, _random):
    for beat in (0, 0.75, 1.5, 2.5, 3.25):
        bar.put(bar.snare, beat, 60)
    bar.snare_pitch = STICK
    for beat in (0, 0.75, 1, 1.75, 2, 2.75, 3, 3.75):
        bar.put(bar.kick, beat, 80)


def _samba(bar, _random):
    for step in range(bar.steps):
        bar.snare[step] = (70, 30, 40, 75)[step % 4]
    for beat in range(bar.beats):
        bar.put(bar.kick, beat, 70 if beat % 2 == 0 else 110)
        bar.put(bar.kick, beat + 0.75, 80)


def _one_drop(bar, random):
    bar.put(bar.kick, 2, 110), bar.put(bar.snare, 2, 100)
    if random.random() < 0.5:
        bar.every_beat(bar.kick, 100)


def _waltz(bar, random):
    bar.put(bar.kick, 0, 112)
    if random.random() < 0.6:
        bar.put(bar.snare, 1, 80), bar.put(bar.snare, 2, 80)
    elif random.random() < 0.5:
        bar.put(bar.snare, 2, 95)


def _six(bar, random):
    bar.put(bar.kick, 0, 115)
    bar.put(bar.snare, 1.5, 105 if random.random() < 0.7 else 0)


def _train(bar, random):
    for step in range(0, bar.steps, max(1, bar.steps_per_beat // 2)):
        on_back = (step // bar.steps_per_beat) % 2 == 1 and step % bar.steps_per_beat == 0
        bar.snare[step] = 105 if on_back else 55
    _kicks(bar, random, lambda beat: 0.95 if beat % 2 == 0 else 0.1, 0.1, 0.0)


FAMILIES = {
    "backbeat": _backbeat, "four": _four, "four-backbeat": _four_backbeat, "half-time": _half_time,
    "off-beat": _off_beat, "double-time": _double_time, "metal": _metal, "blast": _blast, "break": _break,
    "loose": _loose, "trap": _trap, "swing": _swing, "bossa": _bossa, "samba": _samba, "one-drop": _one_drop,
    "waltz": _waltz, "six": _six, "train": _train,
}


def _add_hats(bar, random):
    kind = random.choice(["4", "8", "16", "off", "accented off", "none", "random"], p=[0.14, 0.36, 0.18, 0.13, 0.05, 0.07, 0.07])
    per_beat = bar.steps_per_beat
    for step in range(bar.steps):
        on_beat, rest = step % per_beat == 0, step % per_beat
        eighth = rest % 2 == 0 if per_beat == 4 else True
        off = rest == 2 if per_beat >= 3 else False
        velocity = {
            "4": 90 if on_beat else 0,
            "8": (95 if on_beat else 70) if eighth else 0,
            "16": 95 if on_beat else 65,
            "off": 95 if off else 0,
            "accented off": (70 if on_beat else 95) if eighth else 0,
            "random": random.integers(40, 100) if random.random() < 0.4 else 0,
        }.get(kind, 0)
        bar.hat[step] = max(bar.hat[step], velocity)
    if kind == "off" and random.random() < 0.6:
        bar.hat_pitch = OPEN_HAT
    elif random.random() < 0.2:
        bar.hat_pitch = RIDE
    elif random.random() < 0.15:
        bar.hat_pitch = int(random.choice([70, 82, 54, 44, 80]))


def make_bar(family, beats, steps_per_beat, random):
    bar = Bar(beats, steps_per_beat)
    known = FAMILIES[family] if beats == 4 or family in ("waltz", "six", "backbeat", "swing", "four") else _backbeat
    known(bar, random)
    if bar.hat.max() == 0:
        _add_hats(bar, random)
    if random.random() < 0.25:
        for step in range(bar.steps):
            if bar.snare[step] == 0 and random.random() < 0.1:
                bar.snare[step] = random.integers(25, 60)
    if random.random() < 0.12:
        pitch = int(random.choice([75, 76, 56, 62, 63, 64, 67, 69]))
        bar.extra += [(step / steps_per_beat, pitch) for step in range(bar.steps) if random.random() < 0.3]
    return bar


def write_drums(pen, random, style, sections, bars, beats_per_bar):
    per_beat = pen.feel.steps_per_beat
    patterns = [make_bar(style.drums, beats_per_bar, per_beat, random) for _ in range(2)]
    playing, kick_in, snare_in, hat_in = (sections.active(share) for share in (0.86, 0.92, 0.9, 0.88))
    for number in range(bars):
        section = sections.of(number)
        if not playing[section]:
            continue
        bar, start = patterns[section % 2], number * beats_per_bar
        fill_from = bar.steps
        if sections.is_last_bar(number) and random.random() < 0.6:
            fill_from = bar.steps - int(random.choice([per_beat, 2 * per_beat, bar.steps]))
        for step in range(bar.steps):
            beat = start + step / per_beat
            if step >= fill_from:
                if random.random() < 0.75:
                    pen.drum(beat, int(random.choice((SNARE, *TOMS))), random.integers(80, 120))
                continue
            for voice, on, pitch in ((bar.kick, kick_in, KICK), (bar.snare, snare_in, bar.snare_pitch), (bar.hat, hat_in, bar.hat_pitch)):
                if voice[step] and on[section] and random.random() < 0.97:
                    pen.drum(beat, pitch, voice[step])
        for beat, pitch in bar.extra:
            pen.drum(start + beat, pitch, 70)
        if number % sections.length == 0 and random.random() < 0.6:
            pen.drum(start, CRASH, 110)
    return patterns
