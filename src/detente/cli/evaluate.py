"""`detente evaluate`: the user's own gold in, how well the coder does on it out."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.context import get_settings
from detente.errors import BadInput

if TYPE_CHECKING:
    from rich.table import Table


def evaluate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Lines with id, date, text and events.")],
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
    show: Annotated[int, typer.Option(metavar="N", help="Print the first N items with a mistake.")] = 0,
) -> None:
    """Score the coder on your own hand-coded items: precision, recall, status, confidence.

    A line is {"id", "date": "2012-09-17", "text", "events": [{"source": ["RUS"], "target": ["PAK"], "type", "status",
    "mutual"}]}; docs/coding.md has the counting rules.

    \b
    Examples:
      detente evaluate gold.jsonl
      detente evaluate gold.jsonl --show 20
      detente evaluate gold.jsonl --json > figures.json
    """
    import msgspec

    from detente.cli.progress import bar
    from detente.coding.scoring import reliability, score
    from detente.reader import read_document
    from detente.types import Document

    gold = load(file)
    coded = []
    with bar("reading", quiet=get_settings(context).quiet, total=len(gold)) as tick:
        for n, item in enumerate(gold, 1):
            document = Document(id=item["id"], published=date.fromisoformat(item["date"]), text=item["text"])
            coded.append(msgspec.to_builtins(read_document(document).events))
            tick(n)
    figures = {**score(gold, coded), "reliability": reliability(gold, coded)}
    if as_json:
        typer.echo(msgspec.json.encode(figures).decode())
        return
    _print(figures)
    _mistakes(gold, coded, show)


def load(file: Path) -> list[dict[str, Any]]:
    """The items of a gold file; raises BadInput, naming the line, for one that cannot be used."""
    import msgspec

    if not file.is_file():
        raise BadInput(f"{file}: no such file")
    items = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            items.append(_item(msgspec.json.decode(line), number))
        except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
            raise BadInput(f"{file}:{number}: not a gold item: {_why(error)}") from None
    if not items:
        raise BadInput(f"{file}: holds no items")
    return items


def _why(error: Exception) -> str:
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)


def _item(row: dict[str, Any], number: int) -> dict[str, Any]:
    from detente.coding.labels import STATUSES, TYPES

    if not isinstance(row, dict) or not isinstance(row.get("text", ""), str) or not isinstance(row["events"], list):
        raise ValueError("a line is an object with a text and a list of events")
    item = {
        "id": str(row.get("id", number)),
        "date": row["published"] if "published" in row else row["date"],
        "text": row["text"],
    }
    date.fromisoformat(item["date"])
    for event in row["events"]:
        if not isinstance(event, dict):
            raise ValueError("an event is an object")
        event.setdefault("target", [])
        if event["type"] not in TYPES:
            raise ValueError(f"type {event['type']!r} is none of {', '.join(TYPES)}")
        told = event.setdefault("status", "occurred")
        if not set([told] if isinstance(told, str) else told) <= set(STATUSES):
            raise ValueError(f"status {told!r} is none of {', '.join(STATUSES)}")
        sides = [event["source"], event["target"]]
        if not all(isinstance(side, list) and all(isinstance(a, str) for a in side) for side in sides):
            raise ValueError("source and target are lists of actor ids")
    return {**item, "events": row["events"]}


def _print(figures: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    from detente.coding.scoring import LEVELS

    console = Console(highlight=False)
    table = Table("", box=None, pad_edge=False)
    for name in ("precision", "recall", "F1", "right", "coded", "wanted"):
        table.add_column(name, justify="right")
    for name in LEVELS:
        _row(table, name, figures[name])
    table.add_section()
    for name, found in figures["types"].items():
        _row(table, name, found)
    console.print(table)
    alarms = figures["false alarms"]
    console.print(f"{figures['items']} items. Status right where pair and type are: {figures['status accuracy']:.3f}. "
                  f"Items without an event that got one: {alarms['items']} of {alarms['of']}.")  # fmt: skip
    console.print("\nHow far `confidence` can be believed:")
    for tenth, found in figures["reliability"].items():
        share = found["right"] / found["coded"]
        drawn = "█" * round(share * 30)
        console.print(f"  {tenth}  {drawn:<30}  {share:.2f} right of {found['coded']}")


def _row(table: "Table", name: str, found: dict[str, Any]) -> None:
    numbers = [f"{found[k]:.3f}" for k in ("precision", "recall", "f1")]
    table.add_row(name, *numbers, *(str(found[k]) for k in ("right", "coded", "wanted")))


def _mistakes(gold: list[dict[str, Any]], coded: list[list[dict[str, Any]]], most: int) -> None:
    from detente.coding.scoring import keys

    for item, events in zip(gold, coded, strict=True):
        want = keys(e for e in item["events"] if e.get("required", True))
        may, got = keys(item["events"]), keys(events)
        if most > 0 and (want.keys() - got.keys() or got.keys() - may.keys()):
            most -= 1
            typer.echo(f"\n{item['id']}  {item['text']}")
            for mark, found in (("missed", want.keys() - got.keys()), ("coded ", got.keys() - may.keys())):
                for a, b, kind in sorted(found):
                    typer.echo(f"  {mark}  {a} → {b}  {kind}")
