"""The coder's network in torch: a MiniLM encoder with levitated markers, and the heads that decide about each pair.

Input: detente.coding.encoding.Batch as tensors. Output: a dict of logits, one row a pair (see `Coder.forward`).
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from detente.coding.labels import CLAIMS, CONTEXTS, QUADS, STATUSES, TAGS, TYPES, WAYS

POINT = 96  # size of the space in which a pair points at its trigger


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, size: int, heads: int, inner: int, drop: float) -> None:
        super().__init__()
        self.heads = heads
        self.drop = drop
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, n, size = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(b, n, size)
        x = self.norm1(x + functional.dropout(self.out(mixed), self.drop, self.training))
        return self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), self.drop, self.training))


class Encoder(nn.Module):
    """BERT's embeddings and layers, with the positions and the visibility given by the caller."""

    def __init__(self, size: int = 384, layers: int = 6, heads: int = 12, inner: int = 1536, drop: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(30522, size)
        self.position = nn.Embedding(512, size)
        self.kind = nn.Embedding(4, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, heads, inner, drop) for _ in range(layers))
        self.drop = drop

    def forward(self, ids: Tensor, positions: Tensor, kinds: Tensor, seen: Tensor) -> Tensor:
        x = self.norm(self.word(ids) + self.position(positions) + self.kind(kinds))
        x = functional.dropout(x, self.drop, self.training)
        bias = torch.zeros_like(seen, dtype=x.dtype).masked_fill(~seen, -1e4)[:, None]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def pretrained(folder: Path) -> Encoder:
    """all-MiniLM-L6-v2 (Apache-2.0), or any BERT kept as config.json and model.safetensors, as our encoder."""
    config = json.loads((folder / "config.json").read_text())
    made = Encoder(
        config["hidden_size"], config["num_hidden_layers"], config["num_attention_heads"], config["intermediate_size"]
    )
    old = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    new = {"word.weight": old["embeddings.word_embeddings.weight"], "position.weight": old["embeddings.position_embeddings.weight"],
           "kind.weight": old["embeddings.token_type_embeddings.weight"][:1].repeat(4, 1) + 0.01 * torch.randn(4, config["hidden_size"]),
           "norm.weight": old["embeddings.LayerNorm.weight"], "norm.bias": old["embeddings.LayerNorm.bias"]}  # fmt: skip
    names = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
             "down": "output.dense", "norm2": "output.LayerNorm"}  # fmt: skip
    for n in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{n}"
        for part in ("weight", "bias"):
            new[f"layers.{n}.qkv.{part}"] = torch.cat(
                [old[f"{at}.attention.self.{w}.{part}"] for w in ("query", "key", "value")]
            )
            for ours, theirs in names.items():
                new[f"layers.{n}.{ours}.{part}"] = old[f"{at}.{theirs}.{part}"]
    made.load_state_dict(new)
    return made


def fresh(folder: Path, seed: int) -> "Coder":
    """A network whose encoder is a BERT's and whose heads have learnt nothing yet."""
    torch.manual_seed(seed)
    return Coder(pretrained(folder))


class Coder(nn.Module):
    """The encoder and its heads."""

    def __init__(self, encoder: Encoder, drop: float = 0.1) -> None:
        super().__init__()
        size = encoder.word.embedding_dim
        self.encoder = encoder
        self.drop = drop
        self.pair = nn.Sequential(
            nn.Linear(4 * size, size), nn.GELU(), nn.Dropout(drop), nn.Linear(size, size), nn.GELU(), nn.Dropout(drop)
        )
        self.act = nn.Linear(size, len(TYPES))
        nn.init.constant_(self.act.bias, -3.5)  # most pairs have no act of most types
        self.way = nn.Linear(size, len(TYPES) * len(WAYS))
        self.context = nn.Linear(size, len(CONTEXTS))
        self.how = nn.Linear(size, size)  # what a pair and a type together say about status and claim
        self.kinds = nn.Embedding(len(TYPES), size)
        self.status = nn.Linear(size, len(STATUSES))
        self.claim = nn.Linear(size, len(CLAIMS))
        self.point = nn.Linear(size, 2 * POINT)
        self.point_kinds = nn.Embedding(len(TYPES), 2 * POINT)
        self.pointed = nn.Linear(size, 2 * POINT)
        self.root = nn.Linear(size, len(TYPES))  # which type it is, of a pair that is known to have an act
        self.tag = nn.Linear(size, len(TAGS))
        self.penta = nn.Linear(size, len(QUADS))

    def forward(
        self, ids: Tensor, positions: Tensor, kinds: Tensor, seen: Tensor, window: Tensor, first: Tensor, second: Tensor
    ) -> dict[str, Tensor]:
        """type (p, 16), way (p, 16, 3), status (p, 16, 6), claim (p, 16, 4), context (p, 19), root (p, 16), start and end (p, 16, l).

        `tag` and `penta` as for `spans`.
        """
        x = self.encoder(ids, positions, kinds, seen)
        flat = x.reshape(-1, x.shape[-1])
        a, b = flat[first].mean(1), flat[second].mean(1)
        z = self.pair(torch.cat([a, b, a * b, x[:, 0][window]], -1))
        how = functional.gelu(self.how(z)[:, None] + self.kinds.weight)
        points = (self.point(z)[:, None] + self.point_kinds.weight).view(-1, len(TYPES), 2, POINT)
        pointed = self.pointed(x).view(*x.shape[:2], 2, POINT)[window]
        at = torch.einsum("ptkd,plkd->kptl", points, pointed) / POINT**0.5
        return {
            "type": self.act(z),
            "way": self.way(z).view(-1, len(TYPES), len(WAYS)),
            "status": self.status(how),
            "claim": self.claim(how),
            "context": self.context(z),
            "root": self.root(z),
            "start": at[0],
            "end": at[1],
            "tag": self.tag(x),
            "penta": self.penta(x[:, 0]),
        }

    def spans(self, ids: Tensor, positions: Tensor, kinds: Tensor, seen: Tensor) -> dict[str, Tensor]:
        """tag (b, l, 5) and penta (b, 5) of whole sentences: who does something to whom, and what class of act."""
        x = self.encoder(ids, positions, kinds, seen)
        return {"tag": self.tag(x), "penta": self.penta(x[:, 0])}
