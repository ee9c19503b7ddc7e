"""A folder of everything that can be wrong: the run goes on, each item has its outcome, status says which and why."""

import gzip
import json
from pathlib import Path

import pytest

from command import run

GOOD = "Canada imposed sanctions on Iran on Monday. The Iranian foreign ministry condemned Canada."


def _warc(body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        "WARC-Date: 2012-10-03T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _write(folder: Path) -> None:
    page = f"<html><body><article><p>{GOOD} More words follow here.</p></article></body></html>".encode()
    lines = "".join(
        json.dumps({"id": f"j{i}", "published": "2012-10-03", "text": f"{GOOD} No. {i}."}) + "\n" for i in range(400)
    )
    feed = (
        '<rss version="2.0"><channel><title>F</title><item><title>A</title><pubDate>the 45th of Nonsense</pubDate>'
        f"<guid>f1</guid><description>{GOOD} This came by a feed.</description></item></channel></rss>"
    )
    (folder / "good.txt").write_text(GOOD, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 100)
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-40])
    (folder / "latin1.txt").write_bytes(f"{GOOD} The café in Besançon was closed.".encode("latin-1"))
    (folder / "broken.warc").write_bytes(_warc(page) + b"WARC/1.0\r\nContent-Length: nonsense\r\n\r\nxx" + _warc(page))
    (folder / "feed.xml").write_text(feed, "utf-8")
    (folder / "deep.html").write_text("<div>" * 10_000 + GOOD + "</div>" * 10_000, "utf-8")
    (folder / "long.txt").write_text(f"{GOOD} " + "Russia and " * 4600 + "China talked.", "utf-8")
    (folder / "bad.jsonl").write_text(f'{{"id": "ok", "text": "{GOOD} From a line."}}\n{{broken\n[1]\n', "utf-8")


@pytest.mark.slow
def test_each_gets_an_outcome_and_the_run_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, record = tmp_path / "in", tmp_path / "record"
    folder.mkdir()
    _write(folder)
    ran = run(capsys, "--record", record, "ingest", folder, "--workers", "1")
    assert ran.code == 3
    assert "Traceback" not in ran.err
    found = json.loads(run(capsys, "--record", record, "status", "--json").out)
    wrong = {
        Path(item["origin"].split("@")[0].split("#")[0]).name.split(":")[0]: item["reason"]
        for item in found["skipped_items"]
    }
    assert wrong["empty.txt"] == "empty"
    assert wrong["binary.txt"] == "binary"
    assert wrong["cut.jsonl.gz"] == "truncated"
    assert wrong["bad.jsonl"] == "malformed"
    assert "broken.warc" in wrong
    assert found["undated"] >= 3
    rows = json.loads(run(capsys, "--record", record, "events", "--copies", "--json").out)
    documents = {row["document"] for row in rows if row["type"] == "SANCTION"}
    assert {"ok", "j0", "j100"} <= documents
    assert len(documents) > 200


@pytest.mark.slow
def test_a_file_of_200_mb_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("w", encoding="utf-8") as sink:
        for _ in range(210):
            sink.write((GOOD + "\n") * 11_000)
    assert huge.stat().st_size > 200_000_000
    ran = run(capsys, "--record", tmp_path / "record", "ingest", huge, "--workers", "1")
    assert ran.code == 1
    found = json.loads(run(capsys, "--record", tmp_path / "record", "status", "--json").out)
    assert found["skipped"] == {"too-large": 1}
