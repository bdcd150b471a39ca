"""Songs -> sound: a tempo map, fluidsynth with several sound fonts, real drum samples for some, and the wear of real recordings."""
import glob
import os
import re
import xml.etree.ElementTree as xml

import numpy as np
import soundfile
from scipy.fft import irfft, rfft, rfftfreq
from scipy.signal import lfilter, resample_poly

from features import SAMPLE_RATE
from sampler import SOUND_FONTS, sampler
from score import DRUM_CHANNEL

KITS = "/usr/share/hydrogen/data/drumkits/*/drumkit.xml"
SILENT_RMS = 1e-4


class TempoMap:
    """Beat -> seconds. With drift the tempo wanders like a band's, sways, and may speed up or slow down throughout."""

    def __init__(self, random, tempo_bpm, beats, lead_s):
        self.drifts = bool(random.random() < 0.45)
        count = beats + 8
        period = np.full(count, 60 / tempo_bpm)
        if self.drifts:
            wander, step = np.zeros(count), float(random.choice([0.004, 0.012, 0.02]))
            for beat in range(1, count):
                wander[beat] = 0.9 * wander[beat - 1] + random.uniform(-0.5, 0.5) * step
            if random.random() < 0.25:
                wander += random.uniform(-0.15, 0.15) * np.arange(count) / count
            sway = random.uniform(0, 0.08) * np.sin(2 * np.pi * np.arange(count) / random.uniform(20, 70) + random.uniform(0, 6.28))
            period = period / (1 + sway + wander)
        self.at_s = lead_s + np.concatenate([[0], np.cumsum(period)])

    def seconds(self, beat):
        return float(np.interp(beat, np.arange(len(self.at_s)), self.at_s))


ROLES = (
    (36, r"kick|bass ?drum|thump"), (37, r"stick|rim"), (39, r"clap"), (38, r"snare"), (46, r"open|\boh"),
    (42, r"h(i|i-)?[ -]?h|hat|closed"), (49, r"crash"), (51, r"ride"), (45, r"tom"),
)
STAND_INS = {35: 36, 40: 38, 44: 42, 57: 49, 55: 49, 52: 49, 59: 51, 53: 51, 41: 45, 43: 45, 47: 45, 48: 45, 50: 45}
_kits = None


def _load_kits():
    """[{drum pitch: mono sample at SAMPLE_RATE}] for every kit that has at least kick, snare and hat."""
    kits = []
    for path in sorted(glob.glob(KITS)):
        kit = {}
        for node in xml.parse(path).getroot().iter():
            if node.tag.split("}")[-1] != "instrument":
                continue
            found = {child.tag.split("}")[-1]: (child.text or "") for child in node.iter()}
            role = next((pitch for pitch, pattern in ROLES if re.search(pattern, found.get("name", ""), re.I)), None)
            file = os.path.join(os.path.dirname(path), found.get("filename", ""))
            if role is None or role in kit or not os.path.isfile(file):
                continue
            samples, rate = soundfile.read(file, always_2d=True, dtype="float32")
            kit[role] = resample_poly(samples.mean(1), SAMPLE_RATE, rate)[: 3 * SAMPLE_RATE]
        if {36, 38, 42} <= set(kit):
            kits.append(kit)
    return kits


def _sampled_drums(song, tempo_map, random, length):
    global _kits
    _kits = _kits or _load_kits()
    kit, mix = _kits[int(random.integers(len(_kits)))], np.zeros(length + 4 * SAMPLE_RATE, np.float32)
    for beat, _, channel, pitch, velocity in song.notes:
        sample = kit.get(pitch, kit.get(STAND_INS.get(pitch, -1)))
        at = int(tempo_map.seconds(beat) * SAMPLE_RATE)
        if channel == DRUM_CHANNEL and sample is not None and at < length:
            mix[at : at + len(sample)] += sample * (velocity / 127) ** 1.5
    return mix[:length]


def _amplified(guitars, random):
    """A guitar amplifier driven hard: power chords melt into a wall whose onsets are hard to see."""
    level = np.sqrt(np.mean(guitars**2)) + 1e-6
    driven = np.tanh(guitars / level * random.uniform(1, 12))
    pole = float(np.exp(-2 * np.pi * random.uniform(2500, 6000) / SAMPLE_RATE))
    return lfilter([1 - pole], [1, -pole], driven).astype(np.float32) * level * random.uniform(0.6, 1.6)


def _sung(song, tempo_map, random, length):
    """A voice: glides, vibrato, vowels, breath; its notes start up to 60 ms late or early, as singers do."""
    pitch, loud, breath = np.zeros(length, np.float32), np.zeros(length, np.float32), np.zeros(length, np.float32)
    melody = [note for note in song.notes if note[2] == song.melody]
    centre = random.uniform(50, 64)
    for beat, beats, _, key, _ in melody:
        at = int((tempo_map.seconds(beat) + random.normal(0, 0.03)) * SAMPLE_RATE)
        end = int(tempo_map.seconds(beat + beats) * SAMPLE_RATE)
        if 0 <= at < end <= length:
            pitch[at:end] = centre + (key - centre) % 12
            loud[at:end] = random.uniform(0.5, 1)
            breath[at : at + int(0.03 * SAMPLE_RATE)] += random.uniform(0, 0.8)
    smooth = lambda values, s: lfilter([1 - np.exp(-1 / (SAMPLE_RATE * s))], [1, -np.exp(-1 / (SAMPLE_RATE * s))], values)
    time_s = np.arange(length) / SAMPLE_RATE
    vibrato = random.uniform(0, 0.5) * np.sin(2 * np.pi * random.uniform(4.5, 6.5) * time_s)
    hz = 440 * 2 ** ((smooth(pitch, 0.03) + vibrato - 69) / 12)
    phase = np.cumsum(hz / SAMPLE_RATE) % 1
    source = (2 * phase - 1) * smooth(loud, 0.025) + breath * random.normal(0, 0.5, length)
    voice = np.zeros(length)
    for formant_hz, width_hz in ((random.uniform(350, 800), 90), (random.uniform(900, 2000), 120), (2700, 200)):
        r = np.exp(-np.pi * width_hz / SAMPLE_RATE)
        voice += lfilter([1 - r], [1, -2 * r * np.cos(2 * np.pi * formant_hz / SAMPLE_RATE), r * r], source)
    return voice.astype(np.float32)


def _synthesise(song, tempo_map, random, length, skip_drums):
    gains = 10 ** (random.uniform(-12, 3, 16) / 20)
    path = SOUND_FONTS[random.choice(len(SOUND_FONTS), p=[share for _, share in SOUND_FONTS])][0]
    channels = {note[2] for note in song.notes} - ({DRUM_CHANNEL} if skip_drums else set())
    guitars = {channel for channel in channels if channel != DRUM_CHANNEL and song.programs.get(channel, 0) in (29, 30, 31)}
    mix = sampler.play(song, tempo_map, path, gains, length, channels - guitars)
    if guitars:
        played = sampler.play(song, tempo_map, path, gains, length, guitars)
        mix += _amplified(played, random) if random.random() < 0.7 else played
    if song.melody is not None and random.random() < 0.35:
        voice = _sung(song, tempo_map, random, length)
        mix += voice / (np.std(voice) + 1e-6) * (np.std(mix) + 1e-4) * 10 ** (random.uniform(-10, 4) / 20)
    return mix


def _wear(samples, random):
    """Equaliser, room, compression or distortion, noise: what records and microphones do."""
    count = len(samples)
    if random.random() < 0.75:
        size = 1 << (count - 1).bit_length()
        spectrum, hz = rfft(samples, size), rfftfreq(size, 1 / SAMPLE_RATE)
        points = np.log2([20, 60, 150, 400, 1000, 2500, 6000, 11025])
        gains_db = random.normal(0, random.uniform(1, 6), 8)
        spectrum *= 10 ** (np.interp(np.log2(np.maximum(hz, 20)), points, gains_db) / 20)
        if random.random() < 0.12:
            spectrum /= np.sqrt(1 + (hz / random.uniform(2000, 6000)) ** 8)
        if random.random() < 0.12:
            spectrum /= np.sqrt(1 + (random.uniform(60, 250) / np.maximum(hz, 1)) ** 6)
        samples = irfft(spectrum, size)[:count]
    samples = samples / (np.sqrt(np.mean(samples**2)) + 1e-6) * 0.1
    if random.random() < 0.25:
        tail = int(SAMPLE_RATE * random.uniform(0.2, 1.5))
        room = random.normal(0, 1, tail) * np.exp(-np.arange(tail) / SAMPLE_RATE * random.uniform(4, 12))
        size = 1 << (count + tail - 1).bit_length()
        wet = irfft(rfft(samples, size) * rfft(room, size), size)[:count]
        samples = samples + wet / (np.std(wet) + 1e-9) * np.std(samples) * random.uniform(0.1, 0.6)
    if random.random() < 0.5:
        if random.random() < 0.5:
            drive = random.uniform(2, 14)
            samples = np.tanh(drive * samples) / drive * 2
        else:
            decay = np.exp(-1 / (SAMPLE_RATE * 0.05))
            level = lfilter([1 - decay], [1, -decay], np.abs(samples)) + 1e-3
            samples = samples * (level / 0.1) ** (-random.uniform(0.2, 0.7))
    if random.random() < 0.3:
        samples = samples + random.normal(0, 1, count) * np.std(samples) * 10 ** (-random.uniform(15, 45) / 20)
    return samples


def render(song, random, length_s):
    """(mono samples at SAMPLE_RATE, beats in s, downbeats in s, whether the tempo drifts); None when nothing sounds."""
    lead_s = float(random.choice([0, random.uniform(0, 3)]))
    tempo_map = TempoMap(random, song.tempo_bpm, song.beats, lead_s)
    has_drums = any(note[2] == DRUM_CHANNEL for note in song.notes)
    sampled = has_drums and random.random() < 0.4
    samples = _synthesise(song, tempo_map, random, int(length_s * SAMPLE_RATE), sampled)
    if sampled:
        drums = _sampled_drums(song, tempo_map, random, len(samples))
        level = (np.sqrt(np.mean(samples**2)) + 1e-4) / (np.sqrt(np.mean(drums**2)) + 1e-6)
        samples = samples + drums * level * 10 ** (random.uniform(-8, 6) / 20)
    if np.sqrt(np.mean(samples**2)) < SILENT_RMS:
        return None
    beats = np.array([at for at in (tempo_map.seconds(beat) for beat in range(song.beats)) if at < length_s])
    return _wear(samples, random), beats, beats[:: song.beats_per_bar], tempo_map.drifts
