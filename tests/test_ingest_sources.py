"""Sources: whatever a path holds is told by its content, streamed item by item, and nothing goes without a word."""

import bz2
import gzip
import json
import lzma
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from detente.errors import BadInput
from detente.ingest import clean, iterate
from detente.types import Document, Raw, Skip

TEXT = "Russia and Pakistan held talks in Moscow.\n"
PAGE = f"<html><body><p>{TEXT}</p></body></html>"
LINES = [{"id": f"n{n}", "published": "2012-09-17", "text": f"{TEXT} Day {n}."} for n in range(3)]
JSONL = "".join(json.dumps(line) + "\n" for line in LINES).encode()


def items(path: Path | str, **options: object) -> list[Raw | Skip]:
    return list(iterate(str(path), **options))  # type: ignore[arg-type]


def outcomes(path: Path | str, **options: object) -> list[str]:
    found = items(path, **options)
    assert all("\n" not in item.detail for item in found if isinstance(item, Skip))
    return [item.reason if isinstance(item, Skip) else item.kind for item in found]


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "kinds"),
    [
        ("a.txt", TEXT, ["text"]),
        ("a.html", PAGE, ["html"]),
        ("page-without-ending", PAGE, ["html"]),
        ("text-without-ending", TEXT, ["text"]),
        ("a.txt.gz", gzip.compress(TEXT.encode()), ["text"]),
        ("a.txt.bz2", bz2.compress(TEXT.encode()), ["text"]),
        ("a.html.xz", lzma.compress(PAGE.encode()), ["html"]),
        ("a.jsonl", JSONL, ["text"] * 3),
        ("a.ndjson.gz", gzip.compress(JSONL), ["text"] * 3),
        ("lines-without-ending", JSONL, ["text"] * 3),
        ("a.json", json.dumps(LINES, indent=1), ["text"] * 3),
        ("one.json", json.dumps(LINES[0], indent=1), ["text"]),
        ("empty.txt", b"", ["empty"]),
        ("blank.txt", b" \n\n ", ["empty"]),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ["binary"]),
        ("paper.pdf", b"%PDF-1.7 ...", ["unsupported"]),
        ("letter.docx", b"PK\x03\x04....", ["unsupported"]),
        ("nested.gz", gzip.compress(gzip.compress(TEXT.encode())), ["binary"]),
        ("broken.jsonl", b'{"text": "a b"}\n{"text": \n[1]\n{}\n\n{"text": "c d"}', ["text", "malformed", "malformed", "empty", "text"]),
        ("deep.jsonl", b'{"text":' + b"[" * 100_000 + b"\n" + JSONL, ["malformed"] + ["text"] * 3),
        ("not.parquet", b"PAR1 and then nothing", ["malformed"]),
    ],
)  # fmt: skip
def test_files_are_told_by_their_content(tmp_path: Path, name: str, data: str | bytes, kinds: list[str]) -> None:
    assert outcomes(write(tmp_path / name, data)) == kinds


def test_a_line_names_its_place_and_keeps_what_it_states(tmp_path: Path) -> None:
    first = items(write(tmp_path / "a.jsonl", JSONL))[0]
    assert isinstance(first, Raw)
    assert first.origin.endswith("a.jsonl:1")
    assert (first.id, first.published) == ("n0", date(2012, 9, 17))


def test_the_day_given_is_for_items_without_one(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl", b'{"text":"a b","date":"2012-09-17"}\n{"text":"c d"}\n{"text":"e f","date":"soon"}'
    )
    found = items(path, published=date(2020, 1, 1))
    assert [str(item.published) for item in found if isinstance(item, Raw)] == [
        "2012-09-17",
        "2020-01-01",
        "2020-01-01",
    ]
    assert [item.published for item in items(path) if isinstance(item, Raw)][1:] == [None, None]


def test_truncated_gzip_gives_what_can_be_read(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"text": os.urandom(300).hex()}).encode() + b"\n" for _ in range(500))
    packed = gzip.compress(lines)
    found = outcomes(write(tmp_path / "cut.jsonl.gz", packed[: len(packed) // 2]))
    assert found[-1] == "truncated"
    assert set(found[:-1]) == {"text"}
    assert 150 < len(found) < 350
    text = gzip.compress(os.urandom(100_000).hex().encode())
    assert outcomes(write(tmp_path / "cut.txt.gz", text[:60_000])) == ["text", "truncated"]


def test_large_items_are_skipped_and_the_next_ones_read(tmp_path: Path) -> None:
    lines = JSONL + b'{"text":"' + b"x" * 200_000 + b'"}\n' + JSONL
    assert (
        outcomes(write(tmp_path / "a.jsonl", lines), limit_bytes=100_000) == ["text"] * 3 + ["too-large"] + ["text"] * 3
    )
    assert outcomes(write(tmp_path / "a.txt", TEXT * 10_000), limit_bytes=100_000) == ["too-large"]
    bomb = gzip.compress(b"0" * 50_000_000)
    assert outcomes(write(tmp_path / "bomb.txt.gz", bomb), limit_bytes=100_000) == ["too-large"]


def test_two_hundred_megabytes_of_text(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        block = (TEXT * 25_000).encode()
        for _ in range(200_000_000 // len(block) + 1):
            file.write(block)
    found = items(path)
    assert [item.reason for item in found if isinstance(item, Skip)] == ["too-large"]


def test_a_folder_is_read_in_order_and_hidden_files_left(tmp_path: Path) -> None:
    (tmp_path / "sub" / ".git").mkdir(parents=True)
    write(tmp_path / "b.txt", TEXT)
    write(tmp_path / "a.jsonl", JSONL)
    write(tmp_path / "sub" / "c.html", PAGE)
    write(tmp_path / "sub" / ".git" / "d.txt", TEXT)
    write(tmp_path / ".hidden", TEXT)
    write(tmp_path / "z.bin", b"\x00" * 100)
    assert outcomes(tmp_path) == ["text", "text", "text", "text", "html", "binary"]


def test_the_files_of_a_record_are_no_pages(tmp_path: Path) -> None:
    record = tmp_path / "kept"
    (record / "data").mkdir(parents=True)
    for name in ("catalog.sqlite", "write.lock", "data/events.txt"):
        write(record / name, TEXT)
    write(tmp_path / "a.txt", TEXT)
    found = items(tmp_path)
    assert [item.origin for item in found if isinstance(item, Raw)] == [str(tmp_path / "a.txt")]
    assert [item.origin for item in found if isinstance(item, Skip)] == [str(record)]
    assert [type(item) for item in items(record)] == [Skip]


CSV = 'published,story,outlet\n2020-01-05,"Peru accused Chile,\nand left.",Wire\n2020-01-06,,Wire\n'


def test_csv_has_an_item_a_row(tmp_path: Path) -> None:
    first, second = items(write(tmp_path / "a.csv", CSV))
    assert isinstance(first, Raw) and isinstance(second, Skip)
    assert (first.body, first.published, first.source) == ("Peru accused Chile,\nand left.", date(2020, 1, 5), "Wire")
    assert second.reason == "empty"
    (other,) = items(write(tmp_path / "b.tsv", "day\twords\n2020-01-05\tPeru left.\n"), columns={"text": "words"})
    assert isinstance(other, Raw) and other.published == date(2020, 1, 5)


@pytest.mark.parametrize("data", ["a,b\n1,2\n", "x\n"])
def test_csv_without_a_text_says_which_columns_it_has(tmp_path: Path, data: str) -> None:
    with pytest.raises(BadInput, match="no column is known to hold text"):
        items(write(tmp_path / "a.csv", data))


def test_csv_with_a_line_without_end_costs_only_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "text\nPeru left.\n" + "a" * 5000 + "\n")
    found = items(path, limit_bytes=1000)
    assert [type(item) for item in found] == [Raw, Skip]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert outcomes(tmp_path) == ["empty"]


@pytest.mark.parametrize("source", ["no-such-file.txt", "ftp://example.org/x", "file:///etc/hostname", " "])
def test_what_cannot_be_a_source_is_bad_input(source: str) -> None:
    with pytest.raises(BadInput) as caught:
        items(source)
    assert source in str(caught.value)


def test_standard_input() -> None:
    program = "from detente.ingest import iterate; print([type(i).__name__ + ':' + i.origin for i in iterate('-')])"
    run = subprocess.run([sys.executable, "-c", program], input=JSONL, capture_output=True, check=True)
    assert run.stdout.decode().count("Raw:standard input:") == 3


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    text = (
        "# A visit is *planned*\n\nThe [president](https://x.example) of **Russia** will `visit` Pakistan.\n\n- One\n"
    )
    document = clean(items(write(tmp_path / "a.md", text))[0])  # type: ignore[arg-type]
    assert isinstance(document, Document)
    assert (document.title, document.text) == (
        "A visit is planned",
        "The president of Russia will visit Pakistan.\n\nOne",
    )


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Daily</title><language>en-gb</language>
<item><title>A &amp; B</title><link>https://d.example/1?utm_source=rss</link><pubDate>Mon, 17 Sep 2012 23:30:00 -0500</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>Russia and Pakistan held talks.</p><p>They failed.</p>]]></content:encoded></item>
<item><title>No date</title><link>https://d.example/2</link><pubDate>31 Foo 20xx</pubDate><description>Talks &lt;b&gt;failed&lt;/b&gt;.</description></item>
<item><title></title><link>https://d.example/3</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Talks</title><id>tag:1</id>
<link href="https://w.example/1"/><updated>2012-09-17T10:00:00Z</updated><author><name>Asma Khan</name></author>
<summary>Russia and Pakistan held talks.</summary></entry></feed>"""
JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [
    {"id": "1", "url": "https://w.example/1", "content_html": "<p>Russia and Pakistan held talks.</p>", "date_published": "2012-09-17T10:00:00Z"},
    {"id": "2", "content_text": "They failed.", "date_published": "yesterday"}, {"id": "3"}, 7]}, indent=1)  # fmt: skip


def test_rss(tmp_path: Path) -> None:
    first, second, third = items(write(tmp_path / "feed.xml", RSS))
    assert isinstance(first, Raw)
    assert (first.source, first.published, first.kind) == ("The Daily", date(2012, 9, 17), "html")
    document = clean(first)
    assert isinstance(document, Document)
    assert (document.title, document.url) == ("A & B", "https://d.example/1")
    assert document.text == "Russia and Pakistan held talks.\n\nThey failed."
    assert isinstance(second, Raw)
    assert second.published is None
    document = clean(second)
    assert isinstance(document, Document)
    assert document.text == "Talks failed."
    assert isinstance(third, Skip)
    assert third.reason == "empty"


def test_atom_and_json_feed(tmp_path: Path) -> None:
    (atom,) = items(write(tmp_path / "a", ATOM))
    assert isinstance(atom, Raw)
    assert (atom.source, atom.author, atom.published, atom.url) == (
        "Wire", "Asma Khan", date(2012, 9, 17), "https://w.example/1")  # fmt: skip
    assert outcomes(write(tmp_path / "feed.json", JSON_FEED)) == ["html", "text", "empty", "malformed"]
    first, second = items(tmp_path / "feed.json")[:2]
    assert isinstance(first, Raw)
    assert isinstance(second, Raw)
    assert (first.published, second.published) == (date(2012, 9, 17), None)


def test_a_broken_feed_gives_what_it_holds(tmp_path: Path) -> None:
    assert "html" in outcomes(write(tmp_path / "cut.xml", RSS[: RSS.index("<item><title></title>")]))
    assert outcomes(write(tmp_path / "none.xml", "<rss version='2.0'><channel><title>x</title></channel></rss>")) == [
        "empty"
    ]


def record(
    body: bytes, url: str, *, status: str = "200 OK", kind: str = "text/html", length: int | None = None
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) if length is None else length}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


RECORDS = [record(PAGE.encode(), f"https://d.example/{n}") for n in range(5)]


@pytest.mark.parametrize("pack", ["plain", "member", "whole"])
def test_warc(tmp_path: Path, pack: str) -> None:
    packers = {"plain": lambda: b"".join(RECORDS), "member": lambda: b"".join(map(gzip.compress, RECORDS)),
               "whole": lambda: gzip.compress(b"".join(RECORDS))}  # fmt: skip
    found = items(write(tmp_path / "a.warc.gz", packers[pack]()))
    assert [item.url for item in found] == [f"https://d.example/{n}" for n in range(5)]


def test_warc_with_other_records(tmp_path: Path) -> None:
    chunked = b"5\r\nRussi\r\n24\r\na and Pakistan held talks in Moscow.\r\n0\r\n\r\n"
    packed = record(gzip.compress(PAGE.encode()), "https://d.example/g", kind="text/html\r\nContent-Encoding: gzip")
    parts = [
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n",
        record(b"gone", "https://d.example/0", status="404 Not Found"),
        record(b"later", "https://d.example/0", status="503 Busy"),
        record(b"\x89PNG", "https://d.example/1", kind="image/png"),
        record(b"", "https://d.example/2"),
        record(chunked, "https://d.example/3", kind="text/plain\r\nTransfer-Encoding: chunked"),
        packed,
        record(RSS.encode(), "https://d.example/feed", kind="application/rss+xml"),
        b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://d.example/w\r\nContent-Type: text/plain\r\n"
        b"Content-Length: 22\r\n\r\nRussia and Pakistan\n\nx\r\n\r\n",
    ]
    path = write(tmp_path / "a.warc", b"".join(parts))
    assert outcomes(path) == [
        "not-found",
        "failed",
        "unsupported",
        "empty",
        "text",
        "html",
        "html",
        "html",
        "empty",
        "text",
    ]
    texts = [item.body for item in items(path) if isinstance(item, Raw)]
    assert texts[0] == b"Russia and Pakistan held talks in Moscow."
    assert texts[1] == PAGE.encode()


def broken_archives() -> Iterator[tuple[str, bytes, list[str]]]:
    packed = [gzip.compress(part) for part in RECORDS]
    damaged = bytearray(packed[2])
    damaged[30:60] = b"\xff" * 30
    yield (
        "damaged member",
        b"".join([*packed[:2], bytes(damaged), *packed[3:]]),
        ["html"] * 2 + ["malformed"] + ["html"] * 2,
    )
    yield "cut gzip", b"".join(packed)[:-40], ["html"] * 4 + ["html", "truncated"]
    yield "cut", b"".join(RECORDS)[:-40], ["html"] * 4 + ["html", "truncated"]
    lying = record(PAGE.encode(), "https://d.example/x", length=10**12)
    yield "endless length", b"".join([RECORDS[0], lying, *RECORDS[2:]]), ["html", "html", "truncated"] + ["html"] * 3
    silent = record(PAGE.encode(), "https://d.example/x").replace(b"Content-Length: ", b"Content-Length: -")
    yield "no length", b"".join([RECORDS[0], silent, *RECORDS[2:]]), ["html", "malformed", "malformed"] + ["html"] * 3
    yield "junk between", b"".join([RECORDS[0], b"junk\n" * 50, *RECORDS[1:]]), ["html", "malformed"] + ["html"] * 4
    yield "only junk", b"WARC/9.9\r\n" + b"junk " * 50, ["malformed"]


@pytest.mark.parametrize(
    ("name", "data", "expected"), list(broken_archives()), ids=[row[0] for row in broken_archives()]
)
def test_broken_records_cost_only_themselves(tmp_path: Path, name: str, data: bytes, expected: list[str]) -> None:
    assert outcomes(write(tmp_path / "a.warc", data)) == expected, name


def test_large_records_are_passed_over(tmp_path: Path) -> None:
    large = record(b"<html><body>" + b"x" * 3_000_000, "https://d.example/x")
    path = write(tmp_path / "a.warc", RECORDS[0] + large + RECORDS[1])
    assert outcomes(path, limit_bytes=500_000) == ["html", "too-large", "html"]


def test_parquet_by_names_and_by_mapping(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"key": [1, 2], "day": ["20120917", None], "body": [TEXT, None], "outlet": [["A", "B"], None]}), path
    )
    first, second = items(path)
    assert isinstance(first, Raw)
    assert (first.id, first.published, first.source) == ("1", date(2012, 9, 17), "A, B")
    assert isinstance(second, Skip)
    assert second.reason == "empty"
    pq.write_table(pa.table({"k": ["x"], "words": [TEXT]}), path)
    with pytest.raises(BadInput, match="words"):
        items(path)
    assert outcomes(path, columns={"text": "words"}) == ["text"]
    with pytest.raises(BadInput, match="nothing"):
        items(path, columns={"text": "nothing"})
    with pytest.raises(BadInput, match="prose"):
        items(path, columns={"prose": "words"})


def test_every_real_page_is_handled(shared: Path) -> None:
    pages = items(shared / "data" / "corpus" / "pages.warc.gz")
    assert [type(item) for item in pages] == [Raw] * 296
    documents = [clean(item) for item in pages[::9] if isinstance(item, Raw)]
    texts = [document for document in documents if isinstance(document, Document) and len(document.text) > 200]
    assert len(texts) >= 0.97 * len(documents)


def test_every_briefing_is_handled(shared: Path) -> None:
    briefings = items(shared / "data" / "corpus" / "whitehouse_2011_2013.parquet")
    assert len(briefings) == 565
    for item in briefings[::80]:
        assert isinstance(item, Raw)
        document = clean(item)
        assert isinstance(document, Document)
        assert document.published is not None
        assert document.language == "en"
        assert len(document.text) > 1000
        assert "<" not in document.text[:500]


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", JSONL + b"x" * 1000)
    stream = iterate(str(path))
    assert isinstance(next(stream), Raw)
