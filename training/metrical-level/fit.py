"""Fits the model of src/analysis/metrical-level.ts: /usr/bin/python3 fit.py DATA_DIR...
Excerpts are those of training/beat-net/generate.py. Features come from the analyser itself (candidates.ts), so that both always
compute the same. Excerpts whose seeds end in 00 are kept apart and never fitted to. Writes metrical-level-weights.ts."""
import glob
import json
import pathlib
import subprocess
import sys
import threading

import numpy as np
import torch
from torch import nn

HERE = pathlib.Path(__file__).parent
WEIGHTS = HERE.parents[1] / "src" / "analysis" / "metrical-level-weights.ts"
MOST = 8
HIDDEN = 24
EPOCHS = 40
# A level whose tempo is this near the true one is the one that is counted.
SAME_TEMPO = 0.06
# Beats are right from this F-measure on.
RIGHT_F = 0.9


def paths_in(folders):
    return [path for folder in folders for path in sorted(glob.glob(f"{folder}/[0-9]*[0-9].npz"))]


def answers(paths):
    """For each excerpt what candidates.ts says of it, with its true tempo."""
    node = subprocess.Popen(["node", str(HERE / "candidates.ts")], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    abouts = []

    def feed():
        for path in paths:
            with np.load(path) as file:
                mel, beats = file["mel"].astype("<f4"), file["beats"]
                abouts.append((path, 60 / np.median(np.diff(beats)) if len(beats) > 8 else None, json.loads(str(file["about"])), beats))
            node.stdin.write(json.dumps({"frames": len(mel), "beats": list(beats)}).encode() + b"\n" + mel.tobytes())
        node.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    for number, line in enumerate(node.stdout):
        yield abouts[number], json.loads(line)


def rows_of(answered):
    rows = {"inputs": [], "present": [], "right": [], "procedural": [], "apart": [], "chance": [], "hit": []}
    for (path, tempo_bpm, about, _), answer in answered:
        candidates = answer["candidates"][:MOST]
        near = [i for i, c in enumerate(candidates) if tempo_bpm and abs(c["tempoBpm"] / tempo_bpm - 1) < SAME_TEMPO]
        if len(near) != 1:
            continue
        row = np.zeros((MOST, len(candidates[0]["features"])), np.float32)
        for i, candidate in enumerate(candidates):
            row[i] = candidate["features"]
        found_right = candidates[near[0]]["ratio"] == 1
        rows["inputs"].append(row)
        rows["present"].append([i < len(candidates) for i in range(MOST)])
        rows["right"].append(near[0])
        rows["procedural"].append(about["kind"] == "procedural")
        rows["apart"].append(path[-6:-4] == "00")
        # Where the level was found by itself, whether the network's mean chance tells that the beats are right.
        rows["chance"].append(answer["meanChance"] if found_right else np.nan)
        rows["hit"].append(answer["agreement"] >= RIGHT_F)
    return {name: np.array(values) for name, values in rows.items()}


def scores_of(net, inputs, present):
    return net(inputs).squeeze(-1).masked_fill(~present, -1e9)


def fit(rows, which):
    inputs, present, right = rows["inputs"][which], rows["present"][which], rows["right"][which]
    net = nn.Sequential(nn.Linear(inputs.shape[2], HIDDEN), nn.ReLU(), nn.Dropout(0.3), nn.Linear(HIDDEN, 1))
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.03)
    for epoch in range(EPOCHS):
        for group in optimiser.param_groups:
            group["lr"] = 3e-3 * (1 - epoch / EPOCHS)
        for batch in torch.randperm(len(inputs)).split(64):
            noisy = inputs[batch] + 0.1 * torch.randn_like(inputs[batch])
            loss = nn.functional.cross_entropy(scores_of(net, noisy, present[batch]), right[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return net.eval()


def right_share(net, rows, which, temperature=1.0):
    """Share of levels found, what was expected of them, and the mean log-loss."""
    with torch.no_grad():
        scores = scores_of(net, rows["inputs"][which], rows["present"][which]) / temperature
        chances, right = scores.softmax(1), rows["right"][which]
        loss = nn.functional.cross_entropy(scores, right).item()
        return (chances.argmax(1) == right).float().mean().item(), chances.max(1)[0].mean().item(), loss


def temperature_between(rows):
    """How much too sure a model is of music of another kind than it was fitted to: grooves against procedural songs, both ways."""
    found = []
    for kind in (rows["procedural"], ~rows["procedural"]):
        net = fit(rows, kind)
        best = min(np.arange(1, 5, 0.1), key=lambda temperature: right_share(net, rows, ~kind, temperature)[2])
        print("fitted to one kind, asked about the other:", np.round(right_share(net, rows, ~kind, best), 3), "temperature", round(best, 1))
        found.append(best)
    return float(np.mean(found))


def beat_trust(rows):
    """Logistic regression: the probability that beats are right from the network's mean chance at them."""
    known = ~np.isnan(rows["chance"])
    chance, hit = torch.tensor(rows["chance"][known]).float(), torch.tensor(rows["hit"][known]).float()
    weights = torch.zeros(2, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def loss():
        optimiser.zero_grad()
        value = nn.functional.binary_cross_entropy_with_logits(weights[0] + weights[1] * chance, hit)
        value.backward()
        return value

    optimiser.step(loss)
    print("beats right", round(hit.mean().item(), 3), "log-loss", round(loss().item(), 3))
    return [round(weight, 2) for weight in weights.tolist()]


def write(net, mean, spread, temperature, trust):
    first, last = net[0], net[3]
    parts = {
        "mean": mean, "spread": spread, "hidden": first.weight.detach().numpy().ravel(),
        "hiddenBias": first.bias.detach().numpy(), "out": last.weight.detach().numpy().ravel() / temperature,
    }
    lines = ",\n".join(f"  {name}: [{', '.join(f'{value:.4g}' for value in values)}]" for name, values in parts.items())
    WEIGHTS.write_text(
        f"/** Made by training/metrical-level/fit.py. */\nexport const levelWeights = {{\n{lines},\n}} as const;\n\n"
        f"export const beatTrust = {{ bias: {trust[0]}, chance: {trust[1]} }} as const;\n"
    )


def main():
    torch.set_num_threads(1)
    torch.manual_seed(0)
    rows = rows_of(answers(paths_in(sys.argv[1:])))
    mean, spread = rows["inputs"][rows["present"]].mean(0), rows["inputs"][rows["present"]].std(0) + 1e-3
    rows["inputs"] = (rows["inputs"] - mean) / spread
    rows = {name: values if name in ("chance", "hit") else torch.from_numpy(values) for name, values in rows.items()}
    temperature = temperature_between(rows)
    net = fit(rows, ~rows["apart"])
    for name, which in (("fitted", ~rows["apart"]), ("kept apart", rows["apart"])):
        print(name, int(which.sum()), "right, expected, log-loss", np.round(right_share(net, rows, which), 3))
    write(net, mean, spread, temperature, beat_trust(rows))


if __name__ == "__main__":
    main()
