"""Trained weights (torch) in, coder.onnx and given.onnx (int8) in src/detente/coding/data out."""

from pathlib import Path

import graph
from network import Coder


def export(coder: Coder, path: Path) -> None:
    """Write the network as int8 ONNX: weights of matrix products and the word tables quantised."""
    graph.write(state(coder), coder.encoder.layers[0].heads, path)


def export_given(coder: Coder, path: Path) -> None:
    """Write the network for given pairs, without the word table, which is that of the other."""
    graph.write_given(state(coder), coder.encoder.layers[0].heads, path)


def state(coder: Coder) -> graph.State:
    """The weights by name."""
    return {name: values.detach().cpu().float().numpy() for name, values in coder.state_dict().items()}
