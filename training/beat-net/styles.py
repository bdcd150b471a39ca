"""The styles of the procedural songs: tempo range, weight, metres, division of the beat, and which drum pattern they use."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    tempo_bpm: tuple
    weight: float = 1.0
    metres: tuple = (4,)
    triplets: bool = False
    drums: str = "backbeat"
    drums_share: float = 0.93
    swing_share: float = 0.0
    guitars: bool = False
    sustained: bool = False


STYLES = {
    "rock": Style((90, 170), 2.2),
    "slow rock": Style((55, 80), 1.2),
    "ballad": Style((55, 95), 1.2),
    "half-time": Style((110, 175), 1.3, drums="half-time"),
    "punk": Style((150, 215), 1.6, drums="double-time", guitars=True),
    "off-beat snare": Style((95, 215), 1.6, drums="off-beat", guitars=True),
    "funk": Style((85, 125), swing_share=0.4),
    "house": Style((112, 140), 1.6, drums="four"),
    "techno": Style((118, 155), 1.6, drums="four"),
    "trance": Style((126, 150), 1.4, drums="four", sustained=True),
    "hardstyle": Style((140, 175), 0.8, drums="four"),
    "drum and bass": Style((160, 182), 1.3, drums="break"),
    "breaks": Style((100, 145), drums="break", swing_share=0.3),
    "hip hop": Style((60, 105), 1.2, drums="loose", swing_share=0.5),
    "trap": Style((60, 90), drums="trap"),
    "swing": Style((95, 215), 1.2, triplets=True, drums="swing"),
    "shuffle": Style((80, 150), triplets=True),
    "bossa": Style((100, 170), 0.7, drums="bossa"),
    "samba": Style((90, 130), 0.7, drums="samba"),
    "reggae": Style((60, 100), drums="one-drop"),
    "waltz": Style((80, 190), 1.3, metres=(3,), drums="waltz"),
    "slow twelve-eight": Style((55, 80), triplets=True),
    "march": Style((90, 130), 0.8, metres=(2, 4, 4)),
    "metal": Style((95, 215), 2.2, drums="metal", guitars=True),
    "blast": Style((150, 215), 0.9, drums="blast", guitars=True),
    "ambient": Style((60, 130), 1.3, metres=(4, 4, 3), drums_share=0.1, sustained=True),
    "classical": Style((60, 150), 1.6, metres=(4, 4, 3), drums_share=0.08, sustained=True),
    "soundtrack": Style((60, 180), 1.5, metres=(4, 4, 4, 3), drums_share=0.45, sustained=True),
    "folk": Style((85, 160), 1.0, metres=(4, 4, 3), drums_share=0.5),
    "jig": Style((90, 135), 0.6, metres=(2, 2, 4), triplets=True, drums_share=0.5),
    "country": Style((90, 215), 1.0, drums="train"),
    "five": Style((90, 180), 0.4, metres=(5,)),
    "six": Style((100, 200), 0.5, metres=(3,), drums="six"),
    "synth pop": Style((90, 145), 1.4, drums="four-backbeat", sustained=True),
    "chiptune": Style((100, 215), 0.9),
}


def pick_style(random):
    names = list(STYLES)
    weights = [STYLES[name].weight for name in names]
    total = sum(weights)
    name = names[random.choice(len(names), p=[weight / total for weight in weights])]
    return name, STYLES[name]
