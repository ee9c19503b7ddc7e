"""The house: every import points the right way, and no file outgrows the hand."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "detente"
GROUND = {"types", "errors", "files", "ontology", "actors"}
READING = ["ingest", "reading", "coding", "reader"]
RECORD = ["record", "relations", "desk", "web"]
ALLOWED = {
    "types": set(),
    "errors": set(),
    "files": {"errors"},
    "ontology": {"errors", "types"},
    "actors": {"errors", "types"},
    **{room: GROUND | set(READING[:i]) for i, room in enumerate(READING)},
    **{room: GROUND | set(RECORD[:i]) for i, room in enumerate(RECORD)},
    "web": GROUND | {*RECORD[:3], "measured"},
    "relations": GROUND,
    "demo": GROUND,
    "measured": GROUND | {"record", "relations"},
    "watch": GROUND | {*READING, *RECORD, "demo", "measured"} - {"web"},
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)


def _room(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module] if node.module != "detente" else [f"detente.{a.name}" for a in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("detente.")}
    return found - {"__version__"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    room = _room(path)
    if room == "cli":
        return
    wrong = _imports(path) - ALLOWED[room] - {room}
    assert not wrong, f"{room} must not import {wrong}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_fit_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_nothing_imports_the_command_line() -> None:
    assert [p for p in FILES if _room(p) != "cli" and "cli" in _imports(p)] == []
