"""Weights -> src/analysis: python3 export.py WEIGHTS.pt. Folds the normalisations into the convolutions, rounds to 16-bit
floats, and writes a fixture of inputs and torch's answers that the TypeScript must match."""
import base64
import pathlib
import sys

import numpy as np
import torch

from features import BANDS, network_input
from net import BeatNet

ANALYSIS = pathlib.Path(__file__).parents[2] / "src" / "analysis"
LINE = 10_000
FIXTURE_FRAMES = 150


def folded(conv, norm):
    """(weight, bias) of a convolution and the normalisation behind it."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * scale.view(-1, *[1] * (conv.weight.dim() - 1)), norm.bias - norm.running_mean * scale


def rows_of(weight, bias):
    """[taps, inputs, outputs] and [outputs], outputs padded to eight for the kernel."""
    if weight.dim() == 4:  # [out, channels, taps, bands] -> the channels of each band side by side
        weight = weight.permute(2, 3, 1, 0).flatten(1, 2)
    else:
        weight = weight.permute(2, 1, 0)
    padding = -weight.shape[2] % 8
    return torch.nn.functional.pad(weight, (0, padding)), torch.nn.functional.pad(bias, (0, padding))


def layers_of(net):
    yield folded(net.conv1, net.norm1)
    yield folded(net.conv2, net.norm2)
    yield folded(net.conv3, net.norm3)
    for block in net.blocks:
        yield folded(block.wide, block.norm)
        yield block.narrow.weight, block.narrow.bias
    yield net.out.weight, net.out.bias


def lines_of(data):
    text = base64.b64encode(data).decode()
    return " +\n".join(f'  "{text[at : at + LINE]}"' for at in range(0, len(text), LINE))


def main():
    net = BeatNet()
    net.load_state_dict(torch.load(sys.argv[1]))
    net.eval()
    with torch.no_grad():
        halves = [part.half() for layer in layers_of(net) for part in rows_of(*layer)]
        # A smooth random spectrum in the range of real ones.
        random = np.random.default_rng(1)
        mel = np.abs(np.cumsum(random.normal(0, 0.3, (FIXTURE_FRAMES, BANDS)), axis=1)).astype(np.float32)
        logits = net(torch.from_numpy(network_input(mel))[None])[0].numpy()
    weights = b"".join(half.contiguous().numpy().tobytes() for half in halves)
    (ANALYSIS / "beat-network-weights.ts").write_text(
        "/** Made by training/beat-net/export.py: 16-bit floats of each layer, weight [tap][input][output] then bias, base64. */\n"
        f"export const beatNetworkWeights =\n{lines_of(weights)};\n"
    )
    answers = mel.astype("<f4").tobytes() + logits.astype("<f4").tobytes()
    (ANALYSIS / "beat-network-fixture.bin").write_bytes(answers)
    print(len(weights), "bytes of weights")


if __name__ == "__main__":
    main()
