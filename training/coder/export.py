"""Trained weights (torch) in, src/detente/coding/data/coder.onnx (int8) out."""

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from detente.coding.network import INPUTS
from network import Coder

OUTPUTS = ["type", "way", "status", "claim", "context", "root", "start", "end", "tag", "penta"]
AXES = {
    **{name: {0: "windows", 1: "places"} for name in INPUTS[:3]},
    "seen": {0: "windows", 1: "places", 2: "places"},
    "window": {0: "pairs"},
    "first": {0: "pairs"},
    "second": {0: "pairs"},
    **{name: {0: "pairs"} for name in OUTPUTS[:6]},
    **{name: {0: "pairs", 2: "places"} for name in OUTPUTS[6:8]},
    "tag": {0: "windows", 1: "places"},
    "penta": {0: "windows"},
}


class Listed(nn.Module):
    """The coder with its outputs as a tuple, in the order of OUTPUTS."""

    def __init__(self, coder: Coder) -> None:
        super().__init__()
        self.coder = coder

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        out = self.coder(*inputs)
        return tuple(out[name] for name in OUTPUTS)


def export(coder: Coder, path: Path) -> None:
    """Write the network as int8 ONNX: weights of matrix products and the word table quantised, a scale a column."""
    coder.eval()
    example = (
        torch.randint(200, 5000, (2, 12)), torch.arange(12).repeat(2, 1), torch.zeros(2, 12, dtype=torch.long),
        torch.ones(2, 12, 12, dtype=torch.bool), torch.tensor([0, 1, 1]), torch.randint(0, 24, (3, 6)), torch.randint(0, 24, (3, 6)),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(Listed(coder), example, str(plain), input_names=list(INPUTS), output_names=OUTPUTS, dynamic_axes=AXES,
                          opset_version=17, dynamo=False)  # fmt: skip
        quantize_dynamic(
            plain,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
            reduce_range=True,  # seven bits: sums of eight overflow on processors without VNNI
        )
