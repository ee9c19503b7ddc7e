"""Speed of the site under load: a record in, the time to answer by kind of page out (a table, and JSON with --json).

    python benchmarks/site.py RECORD [--clients 32] [--seconds 20] [--pause 1] [--json FILE]

Starts the site in a process of its own and asks it over real connections from this one, so that both share the
machine's cores. Pages are drawn as readers draw them: few pairs often, many seldom. "new" is a page that nobody had
asked for since the site started. A client waits `--pause` seconds on average between two
pages; with 0 it asks without rest, which measures what the site can do, not what a reader feels.
"""

import argparse
import asyncio
import json
import random
import socket
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

import numpy as np

KINDS = {
    "front": 0.08, "pair": 0.3, "actor": 0.13, "chart": 0.06, "map": 0.08, "network": 0.02, "calendar": 0.04, "statements": 0.04,
    "arms": 0.02, "search": 0.06, "document": 0.06, "event": 0.04, "brief": 0.02, "api": 0.05,
}  # fmt: skip
"""Kinds of pages and the share of each in what is asked for."""
SEARCHES = ["{a}", "{a}+{b}", "president", "{a}+minister", "%22prime+minister%22", "{a}+talks+2012", "nucl*", "government+sanctions", "{b}+-war",
            "{a}+arms+since+2010"]  # fmt: skip
ASKED = [
    "relations/{a}/{b}",
    "events?a={a}&b={b}",
    "partners/{a}",
    "turns?actor={a}",
    "statements?actor={a}",
    "meetings?actor={a}",
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    """One request on an open connection; its status."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


async def client(
    port: int, paths: dict[str, list[str]], until: float, pause: float, seed: int, times: dict, seen: set[str]
) -> None:
    """One reader: asks for page after page until the time is over."""
    draw = random.Random(seed)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        await asyncio.sleep(draw.expovariate(1 / pause) if pause else 0)
        kind = draw.choices(list(paths), [KINDS[kind] for kind in paths])[0]
        choices = paths[kind]
        path = choices[min(int(draw.paretovariate(0.7)) - 1, len(choices) - 1)]
        when = "again" if path in seen else "first"
        seen.add(path)
        start = time.perf_counter()
        status = await ask(reader, writer, path)
        times[kind, when].append(time.perf_counter() - start)
        if status != 200:
            raise SystemExit(f"{path}: {status}")
    writer.close()


async def indexed(port: int) -> None:
    """Wait until the words are indexed: a search then answers with what it found."""
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /search?q=the+president HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        told = await reader.read()
        writer.close()
        if b"being indexed" not in told:
            return
        await asyncio.sleep(1)


def addresses(record: Path, dataset: str | None) -> dict[str, list[str]]:
    """Addresses of each kind of page, those that are asked for most first."""
    from detente.measured import MeasuredRecord

    with MeasuredRecord(record, read_only=True) as held:
        acts = held.columns(held.named(dataset))
        coded = held.events()
    print(f"{len(acts.day):,} acts of {len(acts.dyads):,} pairs")
    order = np.argsort(-np.bincount(acts.pair, acts.weight, len(acts.dyads)))
    found = [acts.dyads[i] for i in order[:2000]]
    states = list(dict.fromkeys(actor for pair in found for actor in pair))
    last = acts.last
    months = [f"{last.year - n // 12}-{12 - n % 12:02}" for n in range(12, 120)]
    draw = random.Random(7)
    events, documents = (
        draw.sample(found, min(2000, len(found)))
        for found in (coded["id"].to_pylist(), sorted(set(coded["document"].to_pylist())))
    )
    return {
        "front": ["/", "/?all=1"],
        "pair": [f"/{a}/{b}" for a, b in found],
        "actor": [f"/{actor}" for actor in states],
        "chart": [f"/{a}/{b}/level.svg" for a, b in found],
        "map": [
            "/map",
            *(f"/map?of={state}&month={month}" for state, month in zip(states * 9, months * 9, strict=False)),
        ],
        "network": ["/network", *(f"/network?month={month}" for month in months)],
        "calendar": ["/calendar", *(f"/calendar?month={month}" for month in months)],
        "statements": ["/statements", *(f"/statements?actor={state}" for state in states[:200])],
        "arms": ["/arms", *(f"/arms?recipient={state}" for state in states[:100])],
        "search": [f"/search?q={words.format(a=a, b=b)}" for a, b in found[:200] for words in SEARCHES],
        "document": [f"/d/{quote(key, safe='')}" for key in documents],
        "event": [f"/e/{quote(key, safe='')}" for key in events],
        "brief": [f"/brief/{a}/{b}" for a, b in found[:200]],
        "api": [f"/api/v1/{words.format(a=a, b=b)}" for a, b in found[:200] for words in ASKED],
    }


async def run(port: int, paths: dict[str, list[str]], clients: int, seconds: float, pause: float) -> dict:
    """All readers at once; times by kind and whether the page was new."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    seen: set[str] = set()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(client(port, paths, until, pause, n, times, seen) for n in range(clients)))
    return times


def _of(times: dict[tuple[str, str], list[float]], kind: str, when: str) -> list[float]:
    return [t for (k, w), values in times.items() if w == when and kind in (k, "all") for t in values]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--dataset", help="what the site measures by (as detente serve)")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    paths = {kind: found for kind, found in addresses(given.record, given.dataset).items() if found}
    port = free_port()
    run_site = ["-c", "from detente.cli.main import main; main()", "--record", str(given.record), "serve"]
    run_site += ["--dataset", given.dataset] if given.dataset else []
    command = [sys.executable, *run_site, "--port", str(port)]
    start = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        warm = time.perf_counter() - start
        asyncio.run(indexed(port))
        print(f"words indexed after {time.perf_counter() - start:.1f} s")
        times = asyncio.run(run(port, paths, given.clients, given.seconds, given.pause))
    finally:
        server.terminate()
        server.wait()
    total = [t for values in times.values() for t in values]
    print(
        f"ready after {warm:.1f} s; {len(total) / given.seconds:,.0f} pages a second, {given.clients} clients, pause {given.pause:g} s"
    )
    table = {}
    print("    page       n   new   p50 ms   p95 ms   p99 ms   new: p50   p95")
    for kind in [*paths, "all"]:
        first, again = (np.array(_of(times, kind, when)) * 1000 for when in ("first", "again"))
        p50, p95, p99 = np.percentile(np.concatenate([first, again]), [50, 95, 99])
        new50, new95 = np.percentile(first, [50, 95]) if len(first) else (np.nan, np.nan)
        table[kind] = {
            "n": len(first) + len(again),
            "new": len(first),
            "p50_ms": round(p50, 1),
            "p95_ms": round(p95, 1),
        }
        print(
            f"{kind:>10} {len(first) + len(again):>5,} {len(first):>5,} {p50:>8.1f} {p95:>8.1f} {p99:>8.1f} {new50:>10.1f} {new95:>5.0f}"
        )
    if given.json:
        given.json.write_text(
            json.dumps({"clients": given.clients, "warm_s": round(warm, 1), "pages": table}, indent=1)
        )


if __name__ == "__main__":
    main()
