"""The commands `comments import` and `comments export`: what they print, and what they leave alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from archives import comment, isso, item, wxr
from detente.cli import comments_exchange
from detente.errors import BadInput
from shelved import TestDesk


class Commands:
    """The group `comments` over a desk of its own."""

    def __init__(self) -> None:
        self.desk = TestDesk()
        self.may_make: list[bool] = []
        self.group = typer.Typer()
        comments_exchange.register(self.group, self._open)

    @contextmanager
    def _open(self, context: typer.Context, create: bool) -> Iterator[TestDesk]:
        self.may_make.append(create)
        yield self.desk

    def run(self, *words: object) -> Result:
        return CliRunner().invoke(self.group, [str(word) for word in words])


@pytest.fixture
def commands() -> Commands:
    return Commands()


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return wxr(tmp_path / "blog.xml", item(comment(1), comment(2, approved="spam"), comment(3, type="pingback")))


def test_import_says_what_was_done(commands: Commands, blog: Path) -> None:
    done = commands.run("import", blog, "--format", "wxr")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "threads: 1 new, 0 merged into another of the same page, 0 already there",
        "comments: 2 new, 0 already there",
        "  of the new, 1 spam",
        "  1 left out: pingbacks",
    ]
    assert len(commands.desk.comments()) == 2 and commands.may_make == [True]


def test_a_dry_run_says_so_and_asks_for_no_new_desk(commands: Commands, blog: Path) -> None:
    done = commands.run("import", blog, "--format", "wxr", "--dry-run")
    assert "comments: 2 would be new" in done.stderr and done.stderr.endswith("dry run: nothing was written\n")
    assert commands.desk.comments() == {} and commands.may_make == [False]


def test_counts_as_json(commands: Commands, blog: Path) -> None:
    counts = json.loads(commands.run("import", blog, "--format", "wxr", "--json").stdout)
    assert counts["comments_new"] == 2 and counts["left_out"] == {"pingbacks": 1} and counts["dry_run"] is False


def test_a_site_completes_bare_paths(commands: Commands, tmp_path: Path) -> None:
    file = isso(tmp_path / "isso.db", [(1, "/a/", None)], [{"id": 1}])
    assert commands.run("import", file, "--format", "isso", "--site", "https://example.org").exit_code == 0
    assert set(commands.desk.threads()) == {"https://example.org/a"}


def test_export_writes_what_import_reads(commands: Commands, blog: Path, tmp_path: Path) -> None:
    commands.run("import", blog, "--format", "wxr")
    done = commands.run("export", tmp_path / "out.jsonl")
    assert done.stderr == f"2 comments → {tmp_path / 'out.jsonl'}\n"
    again = commands.run("import", tmp_path / "out.jsonl", "--format", "json")
    assert "comments: 0 new, 2 already there" in again.stderr


def test_a_bad_file_is_an_error_of_ours(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<rss><channel>", encoding="utf-8")
    assert isinstance(commands.run("import", tmp_path / "x.xml", "--format", "wxr").exception, BadInput)
    assert isinstance(commands.run("import", tmp_path / "x.xml", "--format", "vbulletin").exception, BadInput)
