"""The teacher: MPNet (Song et al. 2020; all-mpnet-base-v2, Apache-2.0) in place of MiniLM under the same heads.

It reads the word pieces of the coder's own tokenizer, whose vocabulary it shares but for the numbers; its positions, absolute and
relative, are those of the mentions where a marker stands for one.
"""

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from network import Layer

SIZE, LAYERS, HEADS, INNER, BUCKETS, FAR = 768, 12, 12, 3072, 32, 128
NAMES = {"out": "attention.attn.o", "norm1": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense",
         "norm2": "output.LayerNorm"}  # fmt: skip


class Mpnet(nn.Module):
    """MPNet's encoder with the positions, the kinds and the visibility given by the caller, as network.Encoder."""

    def __init__(self, table: Tensor, drop: float = 0.1) -> None:
        super().__init__()
        self.register_buffer("table", table, persistent=False)  # our word piece -> its word piece
        self.word = nn.Embedding(30527, SIZE)
        self.position = nn.Embedding(514, SIZE)
        self.kind = nn.Embedding(4, SIZE)
        self.near = nn.Embedding(BUCKETS, HEADS)
        self.norm = nn.LayerNorm(SIZE, eps=1e-5)
        self.layers = nn.ModuleList(Layer(SIZE, HEADS, INNER, drop) for _ in range(LAYERS))
        for layer in self.layers:
            layer.norm1.eps = layer.norm2.eps = 1e-5
        self.drop = drop

    def forward(self, ids: Tensor, positions: Tensor, kinds: Tensor, seen: Tensor) -> Tensor:
        x = self.norm(self.word(self.table[ids]) + self.position(positions + 2) + self.kind(kinds))
        x = functional.dropout(x, self.drop, self.training)
        with torch.no_grad():  # what distance means stays as it is: a mask that learns is slow
            bias = self.near(bucket(positions[:, None, :] - positions[:, :, None])).permute(0, 3, 1, 2)
            bias = bias.masked_fill(~seen[:, None], -1e4).contiguous()
        for layer in self.layers:
            x = layer(x, bias)
        return x


def bucket(distance: Tensor) -> Tensor:
    """The class of a relative position: side, then exact to 8, then logarithmic up to FAR (as in T5)."""
    half = BUCKETS // 2
    exact = half // 2
    n = distance.abs()
    wide = exact + (torch.log(n.clamp(min=1).float() / exact) / math.log(FAR / exact) * (half - exact)).long()
    return torch.where(n < exact, n, wide.clamp(max=half - 1)) + half * (distance > 0).long()


def table(folder: Path, tokenizer: Path) -> Tensor:
    """Number of a word piece in the coder's vocabulary -> its number in MPNet's (folder/vocab.txt)."""
    ours = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    theirs = {word: n for n, word in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    special = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>", "[MASK]": "<mask>"}
    made = torch.zeros(len(ours), dtype=torch.long)
    for word, n in ours.items():
        made[n] = theirs[special.get(word, word)]
    return made


def untaught(folder: Path, words: Tensor) -> Mpnet:
    """The encoder with the weights of a folder of MPNet; words: what `table` gives."""
    old = load_file(folder / "model.safetensors")
    made = Mpnet(words)
    new = {"word.weight": old["embeddings.word_embeddings.weight"], "position.weight": old["embeddings.position_embeddings.weight"],
           "near.weight": old["encoder.relative_attention_bias.weight"], "kind.weight": 0.01 * torch.randn(4, SIZE),
           "norm.weight": old["embeddings.LayerNorm.weight"], "norm.bias": old["embeddings.LayerNorm.bias"]}  # fmt: skip
    for n in range(LAYERS):
        at = f"encoder.layer.{n}"
        for part in ("weight", "bias"):
            new[f"layers.{n}.qkv.{part}"] = torch.cat([old[f"{at}.attention.attn.{w}.{part}"] for w in "qkv"])
            for ours, theirs in NAMES.items():
                new[f"layers.{n}.{ours}.{part}"] = old[f"{at}.{theirs}.{part}"]
    made.load_state_dict(new)
    return made
