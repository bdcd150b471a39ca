"""Trains the beat network: python3 train.py OUT.pt MINUTES DATA_DIR... [--start WEIGHTS.pt]
Keeps a moving average of the weights, cosine learning rate over the given time, and picks up excerpts that appear meanwhile.
Seeds whose last two digits are 00 are kept apart for validation and never trained on."""
import argparse
import copy
import glob
import time

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from features import BANDS, STORED_FPS, network_input
from net import BeatNet

FRAMES = 1000  # 20 s at 50 frames a second
BATCH = 8
PEAK_RATE = 3e-3
FRAME_STEP = 2  # stored frames per network frame


def is_validation(path):
    return path[-6:-4] == "00"


class Excerpts:
    def __init__(self, folders):
        self.folders, self.loaded = folders, {}

    def refresh(self):
        for folder in self.folders:
            for path in sorted(glob.glob(f"{folder}/[0-9]*[0-9].npz")):
                if path not in self.loaded:
                    with np.load(path) as file:
                        self.loaded[path] = (file["mel"], file["beats"], file["downbeats"])
        self.training = [path for path in self.loaded if not is_validation(path)]
        self.validation = [path for path in self.loaded if is_validation(path)]


def warp(mel, start, stretch):
    at = start + np.arange(FRAMES) * FRAME_STEP * stretch
    whole = np.clip(at.astype(int), 0, len(mel) - 2)
    part = np.clip(at - whole, 0, 1)[:, None].astype(np.float32)
    return mel[whole].astype(np.float32) * (1 - part) + mel[whole + 1].astype(np.float32) * part


def colour(mel, random):
    """Shifts, tilts, gains and missing bands: other instruments, rooms and masters."""
    shift = int(random.integers(-3, 4)) if random.random() < 0.5 else 0
    if shift > 0:
        mel = np.concatenate([np.repeat(mel[:, :1], shift, 1), mel[:, :-shift]], 1)
    elif shift < 0:
        mel = np.concatenate([mel[:, -shift:], np.repeat(mel[:, -1:], -shift, 1)], 1)
    mel = mel + random.normal(0, 0.15)
    if random.random() < 0.3:
        mel = mel + np.interp(np.arange(BANDS), np.linspace(0, BANDS - 1, 6), random.normal(0, 0.25, 6))[None].astype(np.float32)
    mel = np.maximum(mel, 0)
    if random.random() < 0.3:
        low = int(random.integers(0, 60))
        mel[:, low : low + int(random.integers(2, 14))] = 0
    return mel.astype(np.float32)


def target(times_s, start, stretch):
    row = np.zeros(FRAMES, np.float32)
    for frame in (np.asarray(times_s) * STORED_FPS - start) / (FRAME_STEP * stretch):
        nearest = int(round(frame))
        for offset, value in ((-1, 0.5), (1, 0.5), (0, 1.0)):
            if 0 <= nearest + offset < FRAMES:
                row[nearest + offset] = max(row[nearest + offset], value)
    return row


def draw(excerpt, random, augmented):
    mel, beats, downbeats = excerpt
    stretch = float(np.exp(random.uniform(-0.18, 0.18))) if augmented and random.random() < 0.7 else 1.0
    start = random.uniform(0, max(1, len(mel) - FRAMES * FRAME_STEP * stretch - 2))
    window = warp(mel, start, stretch)
    if augmented:
        window = colour(window, random)
    return network_input(window), np.stack([target(beats, start, stretch), target(downbeats, start, stretch)])


def batch_of(excerpts, paths, random, augmented):
    drawn = [draw(excerpts.loaded[path], random, augmented) for path in paths]
    inputs, targets = (torch.from_numpy(np.stack(part)).float() for part in zip(*drawn))
    return inputs, targets


def loss_of(net, inputs, targets):
    losses = binary_cross_entropy_with_logits(net(inputs), targets, reduction="none").mean((0, 2))
    return losses.sum(), losses.detach()


def follow(average, net, step):
    keep = min(0.997, step / (step + 10))
    with torch.no_grad():
        for mean, value in zip(average.state_dict().values(), net.state_dict().values()):
            if mean.dtype.is_floating_point:
                mean.mul_(keep).add_(value, alpha=1 - keep)
            else:
                mean.copy_(value)


def validate(net, excerpts):
    net.eval()
    random, losses = np.random.default_rng(7), []
    paths = excerpts.validation[:96]
    with torch.no_grad():
        for at in range(0, len(paths), BATCH):
            inputs, targets = batch_of(excerpts, paths[at : at + BATCH], random, False)
            losses.append(loss_of(net, inputs, targets)[1].numpy())
    return np.mean(losses, axis=0) if losses else np.array([np.nan, np.nan])


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("out"), parse.add_argument("minutes", type=float), parse.add_argument("data", nargs="+")
    parse.add_argument("--start"), parse.add_argument("--seed", type=int, default=0)
    options = parse.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    random = np.random.default_rng(options.seed)
    excerpts = Excerpts(options.data)
    excerpts.refresh()
    net = BeatNet()
    if options.start:
        net.load_state_dict(torch.load(options.start))
    average = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), lr=PEAK_RATE, weight_decay=1e-2)
    print(sum(weight.numel() for weight in net.parameters()), "parameters,", len(excerpts.training), "excerpts", flush=True)
    began, step, recent = time.time(), 0, []
    budget_s = options.minutes * 60
    while (elapsed := time.time() - began) < budget_s:
        rate = PEAK_RATE * min(1, step / 60) * (0.5 * (1 + np.cos(np.pi * elapsed / budget_s)) + 0.01)
        for group in optimiser.param_groups:
            group["lr"] = rate
        net.train()
        paths = [excerpts.training[i] for i in random.integers(0, len(excerpts.training), BATCH)]
        loss, parts = loss_of(net, *batch_of(excerpts, paths, random, True))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        follow(average, net, step)
        recent.append(parts.numpy())
        if step % 50 == 0:
            print(step, round(elapsed), len(excerpts.training), np.round(np.mean(recent[-50:], axis=0), 4), flush=True)
        if step % 300 == 0:
            excerpts.refresh()
            torch.save(average.state_dict(), options.out)
            print("validation", np.round(validate(average, excerpts), 4), flush=True)
    torch.save(average.state_dict(), options.out)
    print("steps", step, "validation", np.round(validate(average, excerpts), 4), flush=True)


if __name__ == "__main__":
    main()
