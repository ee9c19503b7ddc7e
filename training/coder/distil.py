"""Packed windows in; start.npz out, where train.py begins: a small student that two large teachers taught.

    python training/coder/distil.py --data DIR --teacher DIR --encoder DIR --out FILE.npz [--until SECONDS]

Needs a GPU, torch, numpy, safetensors and msgspec, not the rest of detente. DIRs: what pack.py --raw made; all-mpnet-base-v2;
all-MiniLM-L6-v2. The teachers learn from the gold; the student from the gold and from what they say of every window, raw ones too.
"""

import argparse
import multiprocessing
import os
import sys
import types
from pathlib import Path

import torch

if __name__ == "__main__":  # the labels of detente alone: `import detente` asks for all that the product needs
    for name in ("detente", "detente.coding"):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].__path__ = [str(Path(__file__).resolve().parents[2] / "src" / name.replace(".", "/"))]

import feed
import packing
import start
from feed import DEVICE
from figures import held
from fit import Recipe, judged, say, study, teach
from network import Coder, fresh
from packing import GOLD
from teacher import table, untaught

TEACH = Recipe(epochs=4, rate=6e-5, heads=6, keep=0.995, most=96, room=6000)
STUDY = Recipe(epochs=8, rate=3e-4, heads=3, keep=0.998, most=96, room=9000, words=0.1, hard=0.3)
RAW = ("silver",)
TEACHERS, STUDENT = (1, 2), 3  # seeds
TOKENIZER = Path(__file__).resolve().parents[2] / "src/detente/coding/data/tokenizer.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "teacher", "encoder", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--until", type=float, default=1e9, help="seconds within which the student is to be done")
    wanted = parser.parse_args()
    for name in (*GOLD, *RAW, "held"):
        feed.SETS[name] = packing.load(wanted.data / f"{name}.npz")
    words = table(wanted.teacher, TOKENIZER)
    with multiprocessing.get_context("fork").Pool(max(1, min(14, (os.cpu_count() or 2) - 1))) as pool:
        say({k: len(v) for k, v in feed.SETS.items()}, DEVICE)
        teachers: list[Coder] = []
        for seed in TEACHERS:
            torch.manual_seed(seed)
            teachers.append(teach(Coder(untaught(wanted.teacher, words)).to(DEVICE), pool, GOLD, TEACH, seed))
            say("teacher", held(judged(teachers[-1:], "held"), wanted.data))
        say("both", held(judged(teachers, "held"), wanted.data))
        student = fresh(wanted.encoder, STUDENT).to(DEVICE)
        study(student, teachers, pool, GOLD, RAW, STUDY, STUDENT, wanted.until)
    say("student", held(judged([student], "held"), wanted.data))
    start.save(student, wanted.out)


if __name__ == "__main__":
    main()
