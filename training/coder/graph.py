"""The networks' weights in, the ONNX graphs that are shipped out: written node by node, for few processor cycles.

What is gained over an exported graph: the places of all windows lie in one row without padding, and only attention sees
them as windows; queries, keys and values are not copied from one order into another, since a product may run over axes
in any order; places that are not seen are kept out by a number whose exponential is cheap.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from detente.coding.labels import CLAIMS, CONTEXTS, QUADS, STATUSES, TAGS, TYPES, WAYS

State = dict[str, NDArray]
OURS = "com.microsoft"  # onnxruntime's own operators
EDGE = 64  # weights go from -64 to 64: with eight bits, sums overflow on processors without VNNI
UNSEEN = -50.0
"""Added where a place is not seen: e⁻⁵⁰ is nothing beside 1, and e⁻¹⁰⁰⁰⁰ takes three times as long to find."""
INTS, FLOATS, BOOLS = TensorProto.INT64, TensorProto.FLOAT, TensorProto.BOOL
INPUTS = {
    "ids": (INTS, ["places"]), "positions": (INTS, ["places"]), "kinds": (INTS, ["places"]),
    "rows": (INTS, ["longest", "windows"]), "slots": (INTS, ["places"]), "seen": (BOOLS, ["windows", "longest", "longest"]),
    "window": (INTS, ["pairs"]), "first": (INTS, ["pairs", "markers"]), "second": (INTS, ["pairs", "markers"]),
}  # fmt: skip
OUTPUTS = {
    "type": ["pairs", len(TYPES)], "way": ["pairs", len(TYPES), len(WAYS)], "status": ["pairs", len(TYPES), len(STATUSES)],
    "claim": ["pairs", len(TYPES), len(CLAIMS)], "context": ["pairs", len(CONTEXTS)],
    "start": ["pairs", len(TYPES), "longest"], "end": ["pairs", len(TYPES), "longest"],
    "tag": ["windows", "longest", len(TAGS)], "penta": ["windows", len(QUADS)], "words": ["places", "size"],
}  # fmt: skip
GIVEN = {"words": (FLOATS, ["places", "size"]), **{name: of for name, of in INPUTS.items() if name != "ids"}}


def write(state: State, heads: int, path: Path) -> None:
    """Write the int8 graph of weights named as in network.Coder. Products of weights: a scale a column; activations: a scale a product."""
    made = Graph(state)
    made.decide(made.encode(made.table("encoder.word", "ids", to="words"), heads))
    made.save(path, INPUTS, OUTPUTS)


def write_given(state: State, heads: int, path: Path) -> None:
    """Write the graph for pairs that are given: `root` alone. It takes what `write`'s gives as `words`, so that their table is shipped once."""
    made = Graph(state)
    made.root(made.encode("words", heads))
    made.save(path, GIVEN, {"root": ["pairs", len(TYPES)]})


class Graph:
    """Nodes as they are added; a value is known by its name."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.kept: dict[str, onnx.TensorProto] = {}

    def save(self, path: Path, inputs: dict[str, tuple[int, list[str]]], outputs: dict[str, list[Any]]) -> None:
        """Write the graph; outputs are floats."""
        ins = [helper.make_tensor_value_info(name, *of) for name, of in inputs.items()]
        outs = [helper.make_tensor_value_info(name, FLOATS, shape) for name, shape in outputs.items()]
        graph = helper.make_graph(self.nodes, "coder", ins, outs, list(self.kept.values()))
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(OURS, 1)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)

    def keep(self, name: str, values: object, kind: type = np.int64) -> str:
        """A constant."""
        if name not in self.kept:
            self.kept[name] = numpy_helper.from_array(np.array(values, kind, order="C"), name)
        return name

    def op(self, kind: str, *ins: str, to: str = "", **of: object) -> str:
        """A node with one output."""
        out = to or f"{kind}{len(self.nodes)}"
        domain = OURS if kind in {"DynamicQuantizeMatMul", "FusedMatMul", "Gelu", "MatMulIntegerToFloat"} else ""
        self.nodes.append(helper.make_node(kind, list(ins), [out], domain=domain, **of))
        return out

    def weight(self, name: str) -> str:
        """A tensor of the state as it is."""
        return self.keep(name, self.state[name], np.float32)

    def matrix(self, name: str, part: slice) -> tuple[str, str, str, str]:
        """A linear layer's weights, scales, zeros and biases, of some of its columns."""
        columns = self.state[f"{name}.weight"].T[:, part]
        scale = np.maximum(np.abs(columns).max(0), 1e-12).astype(np.float32) / EDGE
        of = f"{name}[{part.start}]"
        return (
            self.keep(f"{of}.q", np.clip(np.round(columns / scale), -EDGE, EDGE), np.int8),
            self.keep(f"{of}.scale", scale, np.float32),
            self.keep(f"{of}.zero", np.zeros(len(scale)), np.int8),
            self.keep(f"{of}.bias", self.state[f"{name}.bias"][part], np.float32),
        )

    def linear(self, x: str, name: str, to: str = "") -> str:
        return self.op("DynamicQuantizeMatMul", x, *self.matrix(name, slice(0, None)), to=to)

    def table(self, name: str, ids: str, to: str = "") -> str:
        """Rows of an embedding, kept in eight bits."""
        values = self.state[f"{name}.weight"]
        low, high = min(values.min(), 0), max(values.max(), 0)
        scale = np.float32((high - low) / 255)
        zero = np.round(-low / scale)
        kept = self.keep(f"{name}.q", np.clip(np.round(values / scale) + zero, 0, 255), np.uint8)
        picked = self.op("Gather", kept, ids)
        scale_, zero_ = self.keep(f"{name}.scale", scale, np.float32), self.keep(f"{name}.zero", zero, np.uint8)
        return self.op("DequantizeLinear", picked, scale_, zero_, to=to)

    def norm(self, x: str, name: str) -> str:
        return self.op("LayerNormalization", x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), axis=-1, epsilon=1e-12)  # fmt: skip

    def encode(self, words: str, heads: int) -> str:
        """The encoder, from rows of the word table on: (places, size)."""
        size = self.state["encoder.norm.weight"].shape[0]
        where, kind = self.table("encoder.position", "positions"), self.table("encoder.kind", "kinds")
        x = self.norm(self.op("Add", self.op("Add", words, where), kind), "encoder.norm")
        hidden = self.op("Where", "seen", self.keep("nothing", 0, np.float32), self.keep("unseen", UNSEEN, np.float32))
        hidden = self.op("Unsqueeze", hidden, self.keep("1", [1]))
        layers = sum(name.endswith(".qkv.weight") for name in self.state)
        for name in (f"encoder.layers.{n}" for n in range(layers)):
            mixed = self.attention(x, name, hidden, heads, size)
            x = self.norm(self.op("Add", x, self.linear(mixed, f"{name}.out")), f"{name}.norm1")
            inner = self.op("Gelu", self.linear(x, f"{name}.up"))
            x = self.norm(self.op("Add", x, self.linear(inner, f"{name}.down")), f"{name}.norm2")
        return x

    def attention(self, x: str, name: str, hidden: str, heads: int, size: int) -> str:
        """What each place takes over from those that it sees: (places, size)."""
        small = f"{name}.small"
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], [small, f"{small}.scale", f"{small}.zero"]))
        parts = []
        for n in range(3):
            q, scale, zero, bias = self.matrix(f"{name}.qkv", slice(n * size, (n + 1) * size))
            flat = self.op("MatMulIntegerToFloat", small, q, f"{small}.scale", scale, f"{small}.zero", zero, bias)
            shape = self.keep("heads", [0, 0, heads, size // heads])
            parts.append(self.op("Reshape", self.op("Gather", flat, "rows"), shape))
        query, key, value = parts  # each (longest, windows, heads, size / heads)
        near = self.op("FusedMatMul", query, key, transBatchA=1, transBatchB=1, transB=1, alpha=(heads / size) ** 0.5)
        shares = self.op("Softmax", self.op("Add", near, hidden), axis=-1)  # (windows, heads, longest, longest)
        mixed = self.op("Transpose", self.op("FusedMatMul", shares, value, transBatchB=1), perm=[0, 2, 1, 3])
        return self.op("Gather", self.op("Reshape", mixed, self.keep("size", [-1, size])), "slots")

    def pair(self, x: str) -> tuple[str, str]:
        """What is known of each pair (pairs, size), and of each window (windows, size)."""
        a, b = (self.op("ReduceMean", self.op("Gather", x, side), axes=[1], keepdims=0) for side in ("first", "second"))
        whole = self.op("Gather", x, self.op("Gather", "rows", self.keep("0", 0)))
        z = self.op("Concat", a, b, self.op("Mul", a, b), self.op("Gather", whole, "window"), axis=1)
        for name in ("pair.0", "pair.3"):
            z = self.op("Gelu", self.linear(z, name))
        return z, whole

    def root(self, x: str) -> None:
        """The head for given pairs."""
        self.linear(self.pair(x)[0], "root", "root")

    def decide(self, x: str) -> None:
        """The other heads; see network.Coder.forward."""
        z, whole = self.pair(x)
        self.linear(z, "act", "type")
        self.linear(z, "context", "context")
        self.op("Reshape", self.linear(z, "way"), self.keep("ways", [-1, len(TYPES), len(WAYS)]), to="way")
        how = self.op("Unsqueeze", self.linear(z, "how"), self.keep("1", [1]))
        how = self.op("Gelu", self.op("Add", how, self.weight("kinds.weight")))
        self.linear(how, "status", "status")
        self.linear(how, "claim", "claim")
        self.point(x, z)
        self.op("Gather", self.linear(x, "tag"), self.op("Transpose", "rows", perm=[1, 0]), to="tag")
        self.linear(whole, "penta", "penta")

    def point(self, x: str, z: str) -> None:
        """Where each type's words would start and end."""
        room = self.state["point.weight"].shape[0] // 2
        points = self.op("Add", self.op("Unsqueeze", self.linear(z, "point"), self.keep("1", [1])), self.weight("point_kinds.weight"))  # fmt: skip
        points = self.op("Reshape", points, self.keep("points", [-1, len(TYPES), 2, room]))
        places = self.op("Gather", "rows", "window", axis=1)  # (longest, pairs)
        pointed = self.op("Reshape", self.op("Gather", self.linear(x, "pointed"), places), self.keep("pointed", [0, 0, 2, room]))  # fmt: skip
        points, pointed = self.op("Transpose", points, perm=[2, 0, 1, 3]), self.op("Transpose", pointed, perm=[2, 1, 0, 3])  # fmt: skip
        at = self.op("FusedMatMul", points, pointed, transB=1, alpha=room**-0.5)
        self.op("Gather", at, self.keep("0", 0), to="start")
        self.op("Gather", at, self.keep("ends", 1), to="end")
