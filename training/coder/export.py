"""Trained weights (torch) in, src/detente/coding/data/coder.onnx (int8) out."""

from pathlib import Path

import graph
from network import Coder


def export(coder: Coder, path: Path) -> None:
    """Write the network as int8 ONNX: weights of matrix products and the word tables quantised."""
    state = {name: values.detach().cpu().float().numpy() for name, values in coder.state_dict().items()}
    graph.write(state, coder.encoder.layers[0].heads, path)
