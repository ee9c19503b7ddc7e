"""kill -9 at any moment, and several writers at once: no committed batch is lost, no half batch is left."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

import detente

BATCH = 40
WRITER = """
import sys
sys.path.insert(0, sys.argv[3])
from making import make_entry
import detente
name, folder = sys.argv[1], sys.argv[2]
with detente.open(folder) as record:
    for batch in range(int(sys.argv[4])):
        entries = [make_entry(f"{name}/{batch}/{i}", f"RUS will visit PAK, {name} {batch} {i}.", events=2) for i in range(40)]
        record.add(entries, coder="one", origin=f"{name}/{batch}")
        print(batch, flush=True)
"""


def _start(name: str, folder: Path, batches: int = 10_000) -> "subprocess.Popen[str]":
    here = str(Path(__file__).parent)
    words = [sys.executable, "-c", WRITER, name, str(folder), here, str(batches)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _batches(folder: Path) -> Counter[str]:
    with detente.open(folder, create=False) as record:
        documents = [document.id.rsplit("/", 1)[0] for document in record.documents()]
        events = Counter(row["document"].rsplit("/", 1)[0] for row in record.events().to_pylist())
    found = Counter(documents)
    assert {key: 2 * n for key, n in found.items()} == dict(events)
    return found


@pytest.mark.slow
def test_kill_at_random_moments_loses_nothing_committed(tmp_path: Path) -> None:
    chance, folder, promised = random.Random(20121003), tmp_path / "record", 0
    detente.open(folder).close()
    for round_ in range(12):
        writer = _start(f"r{round_}", folder)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        os.kill(writer.pid, signal.SIGKILL)
        said = [int(line) for line in writer.stdout.read().split() if line.strip()]
        writer.communicate()
        done = (said[-1] if said else 0) + 1
        promised += done
        found = _batches(folder)
        assert all(n == BATCH for n in found.values()), "a half batch"
        assert {f"r{round_}/{i}" for i in range(done)} <= set(found), "a committed batch is gone"
        assert len(found) <= promised + round_ + 1
    with detente.open(folder) as record:
        from making import make_entry

        assert record.add([make_entry("after")], coder="one").kept == 1


@pytest.mark.slow
def test_three_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    writers = [_start(name, folder, batches=6) for name in ("a", "b", "c")]
    errors = [writer.communicate(timeout=240)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0], errors
    assert _batches(folder) == Counter({f"{name}/{i}": BATCH for name in "abc" for i in range(6)})
