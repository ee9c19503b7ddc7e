"""Archives made to harm: no entity is expanded, nothing outside is read, no bomb unpacks, nothing is imported."""

import gzip
from pathlib import Path

import pytest

from archives import DISQUS_HEAD, disqus, post, thread
from detente.desk.importing import archive, import_comments, xmlstream
from detente.errors import BadInput
from shelved import TestDesk

BODY = (thread(1) + post(1) + "</disqus>").replace("text", "&e;")
ROOT = DISQUS_HEAD.split("\n", 1)[1]


def refused(file: Path, form: str, match: str) -> None:
    desk = TestDesk()
    with pytest.raises(BadInput, match=match) as caught:
        import_comments(desk, file, form)
    assert str(file) in str(caught.value) and "\n" not in str(caught.value)
    assert desk.threads() == {} and desk.comments() == {}
    desk.close()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE disqus [<!ENTITY e "expanded">]>',
        '<!DOCTYPE disqus [<!ENTITY e SYSTEM "{secret}">]>',
        '<!DOCTYPE disqus [<!ENTITY % p SYSTEM "{secret}"> %p;]>',
        '<!DOCTYPE disqus SYSTEM "{secret}">',
        '<!DOCTYPE disqus PUBLIC "-//x//y" "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE disqus [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_that_declares_anything_is_refused(tmp_path: Path, doctype: str, encoding: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    file = tmp_path / "x.xml"
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n{doctype.format(secret=secret.as_uri())}\n{ROOT}{BODY}'
    file.write_bytes(text.encode(encoding))
    refused(file, "disqus", "nothing was imported")


def test_a_doctype_that_declares_nothing_passes(tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    file.write_text(f"<!DOCTYPE disqus>\n{ROOT}{thread(1)}{post(1)}</disqus>", encoding="utf-8")
    assert import_comments(TestDesk(), file, "disqus").comments_new == 1


@pytest.mark.parametrize("more", [0, 5000])
def test_an_entity_nobody_declared_is_broken_xml(tmp_path: Path, more: int) -> None:
    file = tmp_path / "x.xml"
    rest = "".join(map(post, range(more)))
    file.write_text(
        f"{DISQUS_HEAD}{thread(1, title='A page').replace('A p', 'A&nbsp;p')}{rest}</disqus>", encoding="utf-8"
    )
    refused(file, "disqus", r"x\.xml:4: broken XML: .*nbsp")


@pytest.mark.parametrize("blank", [b" ", b"<junk/>", b"<category/>"])
def test_a_gzip_bomb_is_refused(tmp_path: Path, blank: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FREE", 1 << 20)
    file = tmp_path / "x.xml.gz"
    with gzip.open(file, "wb") as packed:
        packed.write(DISQUS_HEAD.encode())
        for _ in range(8):
            packed.write(blank * ((1 << 20) // len(blank)))
    assert file.stat().st_size < 80_000
    refused(file, "disqus", r"unpacks to more than 200 times its size")


def test_too_large_an_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 50_000)
    refused(disqus(tmp_path / "x.xml", thread(1), *map(post, range(500))), "disqus", "unpacks to more than")


def test_a_record_of_endless_elements_is_refused(tmp_path: Path) -> None:
    file = disqus(tmp_path / "x.xml", "<post>" + "<x/>" * (xmlstream.LARGEST_RECORD + 1) + "</post>")
    refused(file, "disqus", "one record of more than 10,000 elements")


def test_a_name_too_long_for_xml_is_refused(tmp_path: Path) -> None:
    refused(disqus(tmp_path / "x.xml", thread(1), post(1, message="x" * 11_000_000)), "disqus", "broken XML")


@pytest.mark.parametrize(
    ("content", "form", "match"),
    [
        (b"", "disqus", "the file is empty"),
        (b"", "isso", "no database of Isso"),
        (b"\x1f\x8b\x08\x00damaged", "disqus", "damaged gzip file"),
        (gzip.compress(b"<disqus>" * 9999)[:-20], "disqus", "damaged gzip file|broken XML"),
        (b"not xml", "disqus", ":1: broken XML"),
        (b"<html></html>", "disqus", "the root is <html>, not <disqus>"),
        (DISQUS_HEAD.encode() + b"</disqus>", "wxr", "the root is <disqus>, not <rss>"),
        (b"<rss/>", "disqus", "the root is <rss>, not <disqus>"),
        (b"\x00" * 100, "wxr", ":1: broken XML"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "isso", "not a readable SQLite database"),
        (b"no database at all, but long enough to look like a file" * 100, "isso", "not a readable SQLite database"),
        (b"{}", "json", "missing required field"),
        (b'{"format":"detente-comments","version":1}\n{"type":"thread"}', "json", r":2: .*missing required field"),
        (b'{"format":"detente-comments","version":1}\n{"type":"x"}', "json", r":2: "),
        (b'{"format":"detente-comments","version":9,"threads":[],"comments":[]}', "json", "of version 1"),
        (b'{"format":"detente-comments","version":1}\n\xff\xfe', "json", r":2: "),
        (b"[" * 100_000, "json", ":1: "),
    ],
)
def test_a_wrong_file_is_one_line(tmp_path: Path, content: bytes, form: str, match: str) -> None:
    file = tmp_path / "some file"
    file.write_bytes(content)
    refused(file, form, match)


@pytest.mark.parametrize("form", ["disqus", "isso", "wxr", "json"])
def test_a_missing_file_is_one_line(tmp_path: Path, form: str) -> None:
    refused(tmp_path / "nowhere", form, "no such file")


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="unknown format 'phpbb'; the formats are disqus, isso, wxr, json"):
        import_comments(TestDesk(), tmp_path, "phpbb")
