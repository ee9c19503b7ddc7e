"""Documentation keeps up: every command and option is in the reference, every link leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from detente.cli.main import app

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def _options() -> Iterator[tuple[str, str]]:
    group = typer.main.get_command(app)
    for name, command in {"": group, **group.commands}.items():  # type: ignore[attr-defined]
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    yield name, option


@pytest.mark.parametrize(("command", "option"), sorted(set(_options())))
def test_every_option_is_documented(command: str, option: str) -> None:
    section = REFERENCE
    if command:
        assert f"### `detente {command}" in REFERENCE
        section = REFERENCE.split(f"### `detente {command}")[1].split("\n##")[0]
    assert f"`{option}" in section or f"{option} " in section or f" {option}`" in section


def test_every_command_teaches_by_example() -> None:
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        if name != "recode":
            assert "Examples:" in (command.help or ""), name


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_index_names_every_page() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    missing = [p.name for p in (ROOT / "docs").glob("*.md") if p.name != "index.md" and p.name not in index]
    assert missing == []
