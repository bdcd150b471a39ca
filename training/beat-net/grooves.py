"""Songs accompanied by the grooves of Debian's `mma` package (Musical MIDI Accompaniment): 1,175 in 263 styles. Each style
is played once, eight bars of each groove, and kept; songs take bars from there."""
import glob
import os
import re
import subprocess

import mido
import numpy as np

from score import DRUM_CHANNEL, Song

CHORD_KINDS = ["", "m", "7", "M7", "m7", "", "m", "", "7", "sus4", "m"]
BARS_PER_GROOVE = 8
MOST_GROOVES = 8
ROOTS = "C Db D Eb E F Gb G Ab A Bb B".split()
_library = None
_bank = {}


def _find_library():
    found = []
    for path in sorted(glob.glob("/usr/share/mma/lib/*/*.mma")):
        text = open(path, errors="ignore").read()
        times = set(re.findall(r"^\s*Time\s+(\d+)(?:/(\d+))?\s*(?:$|//)", text, re.M | re.I))
        if len(times) != 1:
            continue
        beats, unit = times.pop()
        if unit not in ("", "4") or int(beats) not in (3, 4, 5):
            continue
        grooves = [name for name in re.findall(r"^\s*DefGroove\s+(\S+)", text, re.M) if not re.search("intro|end|fill|break", name, re.I)]
        tempo = re.search(r"^\s*Tempo\s+(\d+)", text, re.M | re.I)
        if grooves:
            folder, base = path.split("/")[-2], os.path.basename(path)[:-4]
            found.append((folder, base, tuple(grooves), int(beats), float(tempo.group(1)) if tempo else None))
    return found


def _tempo_bpm(base, stated, random):
    if stated is not None:
        return float(np.clip(stated * np.exp(random.normal(0, 0.12)), 55, 215))
    if re.search("swing|jive|jitter|bebop|quickstep|polka|dixie", base, re.I):
        low, high = 110, 215
    elif re.search("ballad|slow|bolero", base, re.I):
        low, high = 55, 95
    else:
        low, high = 85, 165
    return float(np.exp(random.uniform(np.log(low), np.log(high))))


def _notes_of(path):
    notes, programs = [], {}
    midi = mido.MidiFile(path, clip=True)
    for track in midi.tracks:
        tick, sounding = 0, {}
        for message in track:
            tick += message.time
            if message.type == "program_change":
                programs.setdefault(message.channel, message.program)
            elif message.type == "note_on" and message.velocity > 0:
                sounding.setdefault((message.channel, message.note), []).append((tick, message.velocity))
            elif message.type in ("note_on", "note_off"):
                started = sounding.get((message.channel, message.note))
                if started:
                    start, velocity = started.pop(0)
                    length = max(0.02, (tick - start) / midi.ticks_per_beat)
                    notes.append((start / midi.ticks_per_beat, length, message.channel, message.note, velocity))
    return notes, programs


def _script(random, folder, base, grooves, metre):
    key = int(random.integers(12))

    def chord():
        return ROOTS[(key + int(random.choice([0, 0, 5, 7, 9, 2, 4, 10]))) % 12] + CHORD_KINDS[int(random.integers(len(CHORD_KINDS)))]

    lines = ["Tempo 120", f"Use {folder}/{base}"]
    for order, groove in enumerate(grooves):
        lines.append(f"Groove {groove}")
        for bar in range(BARS_PER_GROOVE):
            chords = chord() if random.random() < 0.75 else f"{chord()} {'/ ' if metre == 4 else ''}{chord()}"
            lines.append(f"{order * BARS_PER_GROOVE + bar + 1} {chords}")
    return "\n".join(lines) + "\n"


def _played(random, style, scratch):
    """[notes of each bar, beats from its start], programs; None when mma could not play it."""
    folder, base, grooves, metre, _ = style
    grooves = grooves[:MOST_GROOVES]
    with open(scratch + ".mma", "w") as script:
        script.write(_script(random, folder, base, grooves, metre))
    subprocess.run(["mma", scratch + ".mma", "-f", scratch + ".mid"], capture_output=True, timeout=60, check=False)
    os.remove(scratch + ".mma")
    if not os.path.exists(scratch + ".mid"):
        return None
    notes, programs = _notes_of(scratch + ".mid")
    os.remove(scratch + ".mid")
    bars = [[] for _ in range(len(grooves) * BARS_PER_GROOVE)]
    for beat, length, channel, pitch, velocity in notes:
        # A note played a little early belongs to the bar it leads into.
        bar = int((beat + 0.1) // metre)
        if bar < len(bars):
            bars[bar].append((beat - bar * metre, min(length, 2 * metre), channel, pitch, velocity))
    return bars, programs


def groove_song(random, length_s, scratch):
    """None when mma could not make it. `scratch` is a path without ending for its files."""
    global _library
    _library = _library or _find_library()
    style = _library[int(random.integers(len(_library)))]
    folder, base, grooves, metre, stated = style
    if style not in _bank:
        _bank[style] = _played(random, style, scratch)
    if _bank[style] is None:
        return None
    bars, programs = _bank[style]
    tempo_bpm = _tempo_bpm(base, stated, random)
    count = int(np.ceil(length_s * tempo_bpm / 60 / metre)) + 1
    notes, transposed = [], int(random.integers(-6, 7))
    for bar in range(count):
        if bar % 8 == 0 and (bar == 0 or random.random() < 0.6):
            groove = int(random.integers(len(bars) // BARS_PER_GROOVE)) * BARS_PER_GROOVE
            loop = random.integers(0, BARS_PER_GROOVE, int(random.choice([1, 2, 4, 4, 8])))
        for beat, length, channel, pitch, velocity in bars[groove + loop[bar % len(loop)]]:
            shifted = pitch if channel == DRUM_CHANNEL else int(np.clip(pitch + transposed, 0, 127))
            notes.append((bar * metre + beat, length, channel, shifted, velocity))
    if len(notes) < 20:
        return None
    channels = sorted({note[2] for note in notes})
    dropped = {channel for channel in channels if random.random() < (0.15 if channel == DRUM_CHANNEL else 0.12)}
    if len(dropped) < len(channels):
        notes = [note for note in notes if note[2] not in dropped]
    if random.random() < 0.3:
        programs = {channel: int(random.integers(0, 96)) if random.random() < 0.5 else program for channel, program in programs.items()}
    loose = float(random.choice([0, 0.003, 0.006, 0.01])) * tempo_bpm / 60
    notes = [(max(0.0, beat + random.normal(0, loose)), *rest) for beat, *rest in notes]
    return Song("groove", f"{folder}:{base}", tempo_bpm, metre, count * metre, notes, dict(programs))
