"""Speed of the site under load: a record in, the time to answer by kind of page out (a table, and JSON with --json).

    python benchmarks/site.py RECORD [--clients 32] [--seconds 20] [--pause 1] [--json FILE]

Starts the site in a process of its own and asks it over real connections from this one, so that both share the
machine's cores. Pages are drawn as readers draw them: few pairs often, many seldom. "first" is a page that nobody had
asked for since the site started, "again" one that somebody had. A client waits `--pause` seconds on average between two
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

import numpy as np

KINDS = {"front": 0.15, "pair": 0.5, "actor": 0.2, "chart": 0.1, "search": 0.05}
SEARCHES = ["{a}", "{a}+{b}", "president", "{a}+minister", "%22prime+minister%22", "{a}+talks+2012", "nucl*", "government+sanctions", "{b}+-war",
            "{a}+arms+since+2010"]  # fmt: skip


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
        kind = draw.choices(list(KINDS), list(KINDS.values()))[0]
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


def pairs(record: Path) -> list[tuple[str, str]]:
    """The pairs of the record, the busiest first."""
    from detente.measured import MeasuredRecord

    with MeasuredRecord(record, read_only=True) as held:
        acts = held.columns()
    order = np.argsort(-np.bincount(acts.pair, acts.weight, len(acts.dyads)))
    return [acts.dyads[i] for i in order[:2000]]


async def run(port: int, paths: dict[str, list[str]], clients: int, seconds: float, pause: float) -> dict:
    """All readers at once; times by kind and whether the page was new."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    seen: set[str] = set()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(client(port, paths, until, pause, n, times, seen) for n in range(clients)))
    return times


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = pairs(given.record)
    actors = list(dict.fromkeys(actor for pair in found for actor in pair))
    paths = {
        "front": ["/"],
        "pair": [f"/{a}/{b}" for a, b in found],
        "actor": [f"/{actor}" for actor in actors],
        "chart": [f"/{a}/{b}/level.svg" for a, b in found],
        "search": [f"/search?q={words.format(a=a, b=b)}" for a, b in found[:200] for words in SEARCHES],
    }
    port = free_port()
    run_site = ["-c", "from detente.cli.main import main; main()", "--record", str(given.record), "serve"]
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
    for kind, when in [*sorted(times), ("all", "all")]:
        values = np.array(total if kind == "all" else times[kind, when]) * 1000
        p50, p95, p99 = np.percentile(values, [50, 95, 99])
        table[f"{kind} {when}"] = {"n": len(values), "p50_ms": round(p50, 1), "p95_ms": round(p95, 1)}
        print(f"{kind:>6} {when:<6} n {len(values):>7,}   p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   p99 {p99:7.1f} ms")
    if given.json:
        given.json.write_text(
            json.dumps({"clients": given.clients, "warm_s": round(warm, 1), "pages": table}, indent=1)
        )


if __name__ == "__main__":
    main()
