"""Songs -> sound: a tempo map, fluidsynth with several sound fonts, real drum samples for some, and the wear of real recordings."""
import glob
import os
import re
import subprocess
import xml.etree.ElementTree as xml

import numpy as np
import soundfile
from scipy.signal import lfilter, resample_poly

from features import SAMPLE_RATE
from score import DRUM_CHANNEL

SOUND_FONTS = (
    ("/usr/share/sounds/sf2/FluidR3_GM.sf2", 0.45),
    ("/usr/share/sounds/sf3/MuseScore_General_Lite.sf3", 0.2),
    ("/usr/share/sounds/sf2/TimGM6mb.sf2", 0.2),
    ("/usr/share/sounds/sf2/OPL-3_FM_128M.sf2", 0.15),
)
KITS = "/usr/share/hydrogen/data/drumkits/*/drumkit.xml"
RENDER_RATE = 44100
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


def _variable_length(number):
    parts = [number & 127]
    while number := number >> 7:
        parts.insert(0, (number & 127) | 128)
    return bytes(parts)


def _write_midi(path, song, tempo_map, volumes, skip_drums):
    """One constant tempo and warped ticks: fluidsynth rounds its clock at every tempo event and the error accumulates."""
    ticks_per_beat, tempo_us = 9600, 500_000
    tick = lambda beat: int(round(tempo_map.seconds(beat) / 0.5 * ticks_per_beat))
    events = [(0, 0, bytes([0xC0 | channel, program & 127])) for channel, program in song.programs.items() if channel != DRUM_CHANNEL]
    events.append((0, 0, bytes([0xC0 | DRUM_CHANNEL, song.drum_program])))
    events += [(0, 0, bytes([0xB0 | channel, 7, volume])) for channel, volume in enumerate(volumes)]
    for beat, length, channel, pitch, velocity in song.notes:
        if skip_drums and channel == DRUM_CHANNEL:
            continue
        start = tick(beat)
        events.append((start, 2, bytes([0x90 | channel, pitch, velocity])))
        events.append((max(start + 20, tick(beat + length)), 1, bytes([0x80 | channel, pitch, 0])))
    events.sort(key=lambda event: event[:2])
    track, last = b"\0\xff\x51\3" + tempo_us.to_bytes(3, "big"), 0
    for at, _, data in events:
        track += _variable_length(at - last) + data
        last = at
    track += b"\0\xff\x2f\0"
    header = b"MThd" + (6).to_bytes(4, "big") + (0).to_bytes(2, "big") + (1).to_bytes(2, "big") + ticks_per_beat.to_bytes(2, "big")
    with open(path, "wb") as file:
        file.write(header + b"MTrk" + len(track).to_bytes(4, "big") + track)


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


def _synthesise(song, tempo_map, random, scratch, length_s, skip_drums):
    volumes = [int(volume) for volume in random.integers(50, 127, 16)]
    _write_midi(scratch + ".mid", song, tempo_map, volumes, skip_drums)
    font = SOUND_FONTS[random.choice(len(SOUND_FONTS), p=[share for _, share in SOUND_FONTS])][0]
    reverb, chorus = str(int(random.random() < 0.6)), str(int(random.random() < 0.5))
    subprocess.run(
        ["fluidsynth", "-ni", "-q", "-g", "0.5", "-r", str(RENDER_RATE), "-o", "synth.dynamic-sample-loading=1",
         "-R", reverb, "-C", chorus, "-F", scratch + ".wav", font, scratch + ".mid"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, check=False,
    )
    samples, _ = soundfile.read(scratch + ".wav", always_2d=True, dtype="float32", frames=int(RENDER_RATE * (length_s + 1)))
    os.remove(scratch + ".wav"), os.remove(scratch + ".mid")
    mono = resample_poly(samples.mean(1), 1, RENDER_RATE // SAMPLE_RATE)[: int(length_s * SAMPLE_RATE)]
    return np.pad(mono, (0, int(length_s * SAMPLE_RATE) - len(mono)))


def _wear(samples, random):
    """Equaliser, room, compression or distortion, noise: what records and microphones do."""
    count = len(samples)
    if random.random() < 0.75:
        spectrum, hz = np.fft.rfft(samples), np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
        points = np.log2([20, 60, 150, 400, 1000, 2500, 6000, 11025])
        gains_db = random.normal(0, random.uniform(1, 6), 8)
        spectrum *= 10 ** (np.interp(np.log2(np.maximum(hz, 20)), points, gains_db) / 20)
        if random.random() < 0.12:
            spectrum /= np.sqrt(1 + (hz / random.uniform(2000, 6000)) ** 8)
        if random.random() < 0.12:
            spectrum /= np.sqrt(1 + (random.uniform(60, 250) / np.maximum(hz, 1)) ** 6)
        samples = np.fft.irfft(spectrum, count)
    samples = samples / (np.sqrt(np.mean(samples**2)) + 1e-6) * 0.1
    if random.random() < 0.25:
        tail = int(SAMPLE_RATE * random.uniform(0.2, 1.5))
        room = random.normal(0, 1, tail) * np.exp(-np.arange(tail) / SAMPLE_RATE * random.uniform(4, 12))
        size = 1 << (count + tail - 1).bit_length()
        wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(room, size), size)[:count]
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


def render(song, random, scratch, length_s):
    """(mono samples at SAMPLE_RATE, beats in s, downbeats in s, whether the tempo drifts); None when nothing sounds."""
    lead_s = float(random.choice([0, random.uniform(0, 3)]))
    tempo_map = TempoMap(random, song.tempo_bpm, song.beats, lead_s)
    has_drums = any(note[2] == DRUM_CHANNEL for note in song.notes)
    sampled = has_drums and random.random() < 0.4
    samples = _synthesise(song, tempo_map, random, scratch, length_s, sampled)
    if sampled:
        drums = _sampled_drums(song, tempo_map, random, len(samples))
        level = (np.sqrt(np.mean(samples**2)) + 1e-4) / (np.sqrt(np.mean(drums**2)) + 1e-6)
        samples = samples + drums * level * 10 ** (random.uniform(-8, 6) / 20)
    if np.sqrt(np.mean(samples**2)) < SILENT_RMS:
        return None
    beats = np.array([at for at in (tempo_map.seconds(beat) for beat in range(song.beats)) if at < length_s])
    return _wear(samples, random), beats, beats[:: song.beats_per_bar], tempo_map.drifts
