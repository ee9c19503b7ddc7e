"""The distilled student as a file: eight bits a weight with a scale a row, without the word table, which is all-MiniLM-L6-v2's own."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from network import Coder

TABLE = "encoder.word.weight"


def save(coder: Coder, path: Path) -> None:
    """Keep the weights of a network."""
    kept: dict[str, np.ndarray] = {}
    for name, value in coder.state_dict().items():
        if name == TABLE:
            continue
        full = value.detach().float().cpu()
        if full.dim() < 2:
            kept[name] = full.numpy()
            continue
        scale = full.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        kept[name] = torch.round(full / scale).to(torch.int8).numpy()
        kept[f"{name} scale"] = scale.numpy()
    np.savez_compressed(path, **kept)  # type: ignore[arg-type]


def load(coder: Coder, path: Path) -> Coder:
    """Give a network the weights that `save` kept; what the file does not know stays as it is."""
    state: dict[str, Tensor] = coder.state_dict()
    with np.load(path) as kept:
        for name in kept.files:
            if name.endswith(" scale"):
                continue
            value = torch.from_numpy(kept[name].astype(np.float32))
            state[name] = value * torch.from_numpy(kept[f"{name} scale"]) if value.dim() > 1 else value
    coder.load_state_dict(state)
    return coder
