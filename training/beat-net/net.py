"""The beat network: two convolutions over time that fold frequency away in steps of three bands, then a stack of dilated
residual convolutions over time (Davies & Boeck 2019; Boeck & Davies 2020), with one output for beats and one for
downbeats. Normalisation folds into the convolutions on export (export.py)."""
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, channels, dilation, dropout):
        super().__init__()
        self.wide = nn.Conv1d(channels, channels, 5, dilation=dilation, padding=2 * dilation, bias=False)
        self.norm = nn.BatchNorm1d(channels)
        self.narrow = nn.Conv1d(channels, channels, 1)
        self.drop = nn.Dropout1d(dropout)

    def forward(self, x):
        return x + self.narrow(self.drop(torch.relu(self.norm(self.wide(x)))))


class BeatNet(nn.Module):
    """[batch, 2, frames, 72] at 50 frames a second -> logits [batch, 2 (beat, downbeat), frames]."""

    def __init__(self, first=16, second=24, channels=32, blocks=9, dropout=0.1):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(2, first, 3, stride=(1, 3), padding=(1, 0), bias=False), nn.BatchNorm2d(first)
        self.conv2, self.norm2 = nn.Conv2d(first, second, 3, stride=(1, 3), padding=(1, 0), bias=False), nn.BatchNorm2d(second)
        self.conv3, self.norm3 = nn.Conv1d(8 * second, channels, 1, bias=False), nn.BatchNorm1d(channels)
        self.blocks = nn.ModuleList(Block(channels, 2**order, dropout) for order in range(blocks))
        self.out = nn.Conv1d(channels, 2, 1)

    def forward(self, x):
        x = torch.relu(self.norm1(self.conv1(x)))
        x = torch.relu(self.norm2(self.conv2(x)))
        # Band after band, the channels of each side by side.
        x = x.permute(0, 3, 1, 2).flatten(1, 2)
        x = torch.relu(self.norm3(self.conv3(x)))
        for block in self.blocks:
            x = block(x)
        return self.out(torch.relu(x))
