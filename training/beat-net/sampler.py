"""A sampler: every note of a sound font is rendered once by libfluidsynth and then only added up, a hundred times faster
than synthesising each song."""
import ctypes

import numpy as np

from features import SAMPLE_RATE
from score import DRUM_CHANNEL

SOUND_FONTS = (
    ("/usr/share/sounds/sf2/FluidR3_GM.sf2", 0.4),
    ("/usr/share/sounds/sf3/MuseScore_General_Lite.sf3", 0.25),
    ("/usr/share/sounds/sf2/TimGM6mb.sf2", 0.2),
    ("/usr/share/sounds/sf2/OPL-3_FM_128M.sf2", 0.15),
)
# A note is kept up to the shortest of these lengths that holds it.
LENGTHS_S = (0.8, 2.0, 7.0)
RELEASE_S = 0.1
SAMPLED_VELOCITY = 100
KEPT_BYTES = 900_000_000


class Font:
    def __init__(self, path):
        self.lib = ctypes.CDLL("libfluidsynth.so.3")
        self.lib.new_fluid_settings.restype = self.lib.new_fluid_synth.restype = ctypes.c_void_p
        settings = ctypes.c_void_p(self.lib.new_fluid_settings())
        self.lib.fluid_settings_setnum(settings, b"synth.sample-rate", ctypes.c_double(SAMPLE_RATE))
        self.lib.fluid_settings_setnum(settings, b"synth.gain", ctypes.c_double(0.5))
        for name in (b"synth.reverb.active", b"synth.chorus.active"):
            self.lib.fluid_settings_setint(settings, name, 0)
        self.lib.fluid_settings_setint(settings, b"synth.dynamic-sample-loading", 1)
        self.synth = ctypes.c_void_p(self.lib.new_fluid_synth(settings))
        if self.lib.fluid_synth_sfload(self.synth, path.encode(), 1) < 0:
            raise OSError(f"{path} could not be loaded")

    def render(self, channel, program, pitch, length_s):
        lib, synth = self.lib, self.synth
        lib.fluid_synth_system_reset(synth)
        lib.fluid_synth_program_change(synth, channel, int(program))
        lib.fluid_synth_noteon(synth, channel, int(pitch), SAMPLED_VELOCITY)
        count = int((length_s + RELEASE_S) * SAMPLE_RATE)
        sides = np.zeros((2, count), np.float32)
        left, right = (side.ctypes.data_as(ctypes.c_void_p) for side in sides)
        lib.fluid_synth_write_float(synth, count, left, 0, 1, right, 0, 1)
        return sides.mean(0)


class Sampler:
    def __init__(self):
        self.fonts, self.notes, self.bytes = {}, {}, 0

    def note(self, path, channel, program, pitch, length_s):
        held_s = next((held for held in LENGTHS_S if held >= length_s), LENGTHS_S[-1])
        key = (path, channel == DRUM_CHANNEL, program, pitch, held_s)
        if key not in self.notes:
            if self.bytes > KEPT_BYTES:
                self.notes, self.bytes = {}, 0
            if path not in self.fonts:
                self.fonts[path] = Font(path)
            self.notes[key] = self.fonts[path].render(channel, program, pitch, held_s)
            self.bytes += self.notes[key].nbytes
        return self.notes[key]

    def play(self, song, tempo_map, path, gains, length, channels):
        """The notes of these channels, mixed: [length] at SAMPLE_RATE."""
        mix = np.zeros(length, np.float32)
        fade = np.exp(-np.arange(int(RELEASE_S * SAMPLE_RATE)) / SAMPLE_RATE / 0.025).astype(np.float32)
        for beat, beats, channel, pitch, velocity in song.notes:
            start_s = tempo_map.seconds(beat)
            at = int(start_s * SAMPLE_RATE)
            if channel not in channels or at >= length:
                continue
            drum = channel == DRUM_CHANNEL
            length_s = 0.8 if drum else tempo_map.seconds(beat + beats) - start_s
            program = song.drum_program if drum else song.programs.get(channel, 0)
            sample = self.note(path, channel, program, pitch, length_s)
            count = len(sample) if drum else min(len(sample), int(length_s * SAMPLE_RATE) + len(fade))
            note = sample[:count] * np.float32(gains[channel] * (velocity / SAMPLED_VELOCITY) ** 2)
            if not drum:
                note[-len(fade) :] *= fade[-count:]
            mix[at : at + count] += note[: length - at]
        return mix


sampler = Sampler()
