"""Log-mel frames: what the network hears. src/analysis computes the same numbers; change both or neither."""
import numpy as np
from scipy.fft import rfft

SAMPLE_RATE = 22050
FFT_SIZE = 1024
BANDS = 72
LOWEST_HZ, HIGHEST_HZ = 27.0, 10500.0
# Frames are stored at twice the rate the network reads, so that training sees both phases of the frame clock.
STORED_FPS = 100
NET_FPS = 50


def mel_filters():
    """[FFT_SIZE / 2 + 1, BANDS] triangles, each of weight 1; a band narrower than a bin takes its nearest bin."""
    hz = np.fft.rfftfreq(FFT_SIZE, 1 / SAMPLE_RATE)
    mel = lambda f: 2595 * np.log10(1 + f / 700)
    edges = 700 * (10 ** (np.linspace(mel(LOWEST_HZ), mel(HIGHEST_HZ), BANDS + 2) / 2595) - 1)
    filters = np.zeros((len(hz), BANDS), np.float32)
    for band in range(BANDS):
        low, centre, high = edges[band : band + 3]
        weight = np.maximum(0, np.minimum((hz - low) / (centre - low), (high - hz) / (high - centre)))
        if weight.sum() == 0:
            weight[np.argmin(abs(hz - centre))] = 1
        filters[:, band] = weight / weight.sum()
    return filters


FILTERS = mel_filters()
WINDOW = np.hanning(FFT_SIZE).astype(np.float32)


def log_mel(samples, fps=STORED_FPS):
    """Mono samples at SAMPLE_RATE -> [frames, BANDS]; frame k is centred on k / fps seconds. Level-independent."""
    samples = np.asarray(samples, np.float32)
    samples = samples / (np.sqrt(np.mean(samples**2)) + 1e-9) * 0.1
    count = int(len(samples) / SAMPLE_RATE * fps)
    padded = np.pad(samples, (FFT_SIZE // 2, FFT_SIZE))
    starts = np.round(np.arange(count) * SAMPLE_RATE / fps).astype(int)
    frames = np.empty((count, BANDS), np.float32)
    for at in range(0, count, 2000):
        block = padded[starts[at : at + 2000, None] + np.arange(FFT_SIZE)[None]] * WINDOW
        spectrum = np.abs(rfft(block, axis=1))
        frames[at : at + 2000] = np.log10(1 + 100 * (spectrum @ FILTERS))
    return frames


def network_input(mel):
    """[frames, BANDS] at NET_FPS -> [2, frames, BANDS]: the level, and its rise over the loudest neighbouring band before."""
    left = np.pad(mel, ((0, 0), (1, 0)), mode="edge")[:, :-1]
    right = np.pad(mel, ((0, 0), (0, 1)), mode="edge")[:, 1:]
    loudest = np.maximum(mel, np.maximum(left, right))
    rise = np.zeros_like(mel)
    rise[1:] = np.maximum(0, mel[1:] - loudest[:-1])
    return np.stack([(mel - 1.3) / 0.8, rise * 2])
