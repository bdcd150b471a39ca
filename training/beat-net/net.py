"""The beat network: three small convolutions that fold frequency away, then a stack of dilated residual convolutions over time
(Davies & Boeck 2019; Boeck & Davies 2020), with one output for beats and one for downbeats. Rectifiers and strides
instead of exponential units and pooling: cheap in the browser and on a CPU. Normalisation folds into the convolutions on export."""
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, channels, dilation, dropout):
        super().__init__()
        self.wide = nn.Conv1d(channels, channels, 5, dilation=dilation, padding=2 * dilation)
        self.norm = nn.BatchNorm1d(channels)
        self.narrow = nn.Conv1d(channels, channels, 1)
        self.drop = nn.Dropout(dropout)

    def forward(self, x):
        return x + self.narrow(self.drop(torch.relu(self.norm(self.wide(x)))))


class BeatNet(nn.Module):
    """[batch, 2, frames, 72] at 50 frames a second -> logits [batch, 2 (beat, downbeat), frames]."""

    def __init__(self, first=16, second=20, channels=32, blocks=9, dropout=0.1):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(2, first, 3, stride=(1, 2), padding=1), nn.BatchNorm2d(first)
        self.conv2, self.norm2 = nn.Conv2d(first, second, 3, stride=(1, 2), padding=1), nn.BatchNorm2d(second)
        self.conv3, self.norm3 = nn.Conv2d(second, channels, (1, 18)), nn.BatchNorm2d(channels)
        self.drop = nn.Dropout2d(dropout)
        self.blocks = nn.ModuleList(Block(channels, 2**order, dropout) for order in range(blocks))
        self.out = nn.Conv1d(channels, 2, 1)

    def forward(self, x):
        x = self.drop(torch.relu(self.norm1(self.conv1(x))))
        x = self.drop(torch.relu(self.norm2(self.conv2(x))))
        x = torch.relu(self.norm3(self.conv3(x)))[..., 0]
        for block in self.blocks:
            x = block(x)
        return self.out(torch.relu(x))
