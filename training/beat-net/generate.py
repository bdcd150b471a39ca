"""Makes training excerpts: python3 generate.py FIRST_SEED COUNT OUT_DIR [SECONDS] [GROOVE_SHARE]. Each seed is one excerpt."""
import json
import os
import sys
import tempfile

import numpy as np

from features import log_mel
from grooves import groove_song
from render import render
from songs import procedural_song


def excerpt(seed, length_s, groove_share, scratch):
    random = np.random.default_rng(seed)
    song = groove_song(random, length_s, scratch) if random.random() < groove_share else procedural_song(random, length_s)
    rendered = None if song is None else render(song, random, length_s)
    if rendered is None:
        return None
    samples, beats_s, downbeats_s, drifts = rendered
    about = {"kind": song.kind, "style": song.style, "tempoBpm": song.tempo_bpm, "metre": song.beats_per_bar, "drifts": drifts}
    return {"mel": log_mel(samples).astype(np.float16), "beats": beats_s, "downbeats": downbeats_s, "about": json.dumps(about)}


def main():
    first, count, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    length_s = float(sys.argv[4]) if len(sys.argv) > 4 else 30.0
    groove_share = float(sys.argv[5]) if len(sys.argv) > 5 else 0.4
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(first, first + count):
            path = f"{folder}/{seed:06d}.npz"
            if os.path.exists(path):
                continue
            try:
                made = excerpt(seed, length_s, groove_share, f"{scratch}/{seed}")
            except Exception as error:  # one broken groove must not end a night's work
                print(seed, repr(error), file=sys.stderr, flush=True)
                continue
            if made is not None:
                np.savez(path + ".part.npz", **made)
                os.replace(path + ".part.npz", path)


if __name__ == "__main__":
    main()
