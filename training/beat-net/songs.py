"""Procedural songs in the styles of styles.py: endless, and their beats and downbeats are known by construction."""
import numpy as np

from drums import write_drums
from parts import Parts
from score import Feel, Harmony, Pen, Sections, Song
from styles import pick_style


def _feel(style, tempo_bpm, random):
    triplets = style.triplets or (style.guitars and random.random() < 0.1)
    swings = not triplets and random.random() < style.swing_share
    return Feel(
        steps_per_beat=3 if triplets else 4,
        swing=random.uniform(0.5, 0.62) if swings else 0.5,
        looseness_beats=float(random.choice([0, 0.004, 0.008, 0.012, 0.018])) * tempo_bpm / 60,
        velocity_spread=random.uniform(2, 14),
    )


def procedural_song(random, length_s):
    name, style = pick_style(random)
    tempo_bpm = float(np.exp(random.uniform(*np.log(style.tempo_bpm))))
    metre = int(random.choice(style.metres))
    bars = int(np.ceil(length_s * tempo_bpm / 60 / metre)) + 2
    song = Song("procedural", name, tempo_bpm, metre, bars * metre)
    pen = Pen(song, _feel(style, tempo_bpm, random), random)
    sections, harmony = Sections(random, bars), Harmony(random, metre)
    patterns = None
    if random.random() < style.drums_share:
        patterns = write_drums(pen, random, style, sections, bars, metre)
    parts = Parts(pen, random, style, harmony, sections, bars, patterns)
    shares = {
        parts.bass: 0.9 if patterns else 0.55,
        parts.chords: 0.85,
        parts.lead: 0.7,
        parts.pad: 0.6 if style.sustained else 0.35,
        parts.arpeggio: 0.65 if style.sustained else 0.3,
    }
    for write, share in shares.items():
        if random.random() < share:
            write()
    if not song.notes:
        parts.chords()
    song.drum_program = int(random.choice([0, 0, 0, 8, 16, 24, 25, 32, 40]))
    return song
