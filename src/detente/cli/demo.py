"""`detente demo`: the main job on bundled dispatches, and a picture of what came out."""

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from detente.cli import output
from detente.cli.context import get_settings
from detente.cli.progress import bar

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

FOLDER = Path("detente-demo")
DYADS = [("RUS", "PAK"), ("RUS", "IND"), ("CHN", "PAK"), ("USA", "PAK"), ("USA", "IND"), ("IND", "PAK"), ("CHN", "IND"),
         ("AFG", "PAK"), ("AFG", "USA"), ("RUS", "USA")]  # fmt: skip
BARS = "▁▂▃▄▅▆▇█"
YEARS = range(2009, 2017)


def demo(context: typer.Context) -> None:
    """Read 182 bundled dispatches (2009-2016) into a record and show how five states' relations ran.

    The record goes to ./detente-demo, or to the folder that --record names; explore it afterwards.

    \b
    Examples:
      detente demo
      detente --record detente-demo events --dyad RUS PAK
    """
    from detente import demo as sample
    from detente import record as store
    from detente.cli.ingest import summarise
    from detente.watch import intake

    settings = get_settings(context)
    folder = FOLDER if settings.record == Path("detente-record") else settings.record
    dispatches = list(sample.raws())
    with store.open(folder, create=True) as record:
        with bar("reading dispatches", quiet=settings.quiet, total=len(dispatches)) as tick:
            report = intake.ingest(record, iter(dispatches), workers=0, progress=tick, origin="demo")
        rows = record.events(status=None).to_pylist()
    _show(rows, folder)
    output.note(f"{summarise(report)}, in {folder}/", quiet=settings.quiet)


def _show(rows: list[dict[str, Any]], folder: Path) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    done = [row for row in rows if row["status"] in ("occurred", "ongoing") and row["start"]]
    console.print(
        Text("How each pair stood: mean intensity (-10 conflict … +10 cooperation) × events read", style="bold")
    )
    console.print(Text(f"\n{'':8}" + "".join(f"{year:>7}  " for year in YEARS), style="dim"), soft_wrap=True)
    for a, b in DYADS:
        console.print(_dyad_line(a, b, done), soft_wrap=True)
    _show_opening(console, rows)
    console.print(Text("\nGo on with", style="bold"))
    for line in (
        f"detente --record {folder} events --dyad RUS PAK",
        f"detente --record {folder} events --actor Pakistan --type REJECT",
        f"detente --record {folder} calendar --dyad RUS PAK --from 2012-01-01 --to 2012-12-31 --steps",
        f"detente --record {folder} relation RUS PAK --period year",
        f"detente --record {folder} turns --dyad PAK USA --rate 0.5",
        f"detente --record {folder} arms RUS PAK",
        f"detente --record {folder} status",
        "detente read YOUR-PAGE.html --published YYYY-MM-DD",
    ):
        console.print(f"  {line}")


def _between(row: dict[str, Any], a: str, b: str) -> bool:
    source, target = set(row["source_ids"]), set(row["target_ids"])
    if row["mutual"]:
        return {a, b} <= source | target
    return (a in source and b in target) or (b in source and a in target)


def _dyad_line(a: str, b: str, rows: list[dict[str, Any]]) -> "Text":
    from rich.text import Text

    found: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if _between(row, a, b):
            found[row["start"].year].append(row["intensity"])
    line = Text(f"{a}–{b} ")
    for year in YEARS:
        values = found.get(year)
        if not values:
            line.append("      ·  ", style="dim")
            continue
        mean = sum(values) / len(values)
        block = BARS[min(7, max(0, round((mean + 10) / 20 * 7)))]
        line.append(f" {block}{mean:+3.0f}", style="dark_cyan" if mean >= 0 else "dark_orange3")
        line.append(f"×{len(values):<3}", style="dim")
    return line


def _show_opening(console: "Console", rows: list[dict[str, Any]]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from detente.cli.show import at_precision

    console.print(Text("\nRussia opens to Pakistan: the sentences behind it", style="bold"))
    pair = sorted((r for r in rows if _between(r, "RUS", "PAK") and r["start"]), key=lambda r: (r["start"], r["id"]))
    seen: set[str] = set()
    for row in pair:
        if row["sentence"] in seen:
            continue
        seen.add(row["sentence"])
        arrow = " – " if row["mutual"] else " → "
        sides = ["+".join(row["source_ids"]), "+".join(row["target_ids"])]
        who = " – ".join(row["source_ids"]) if row["mutual"] else arrow.join(x for x in sides if x)
        line = Text(f"{at_precision(row['start'], row['end'], row['precision']):<12}").append(f"{who}  ", "bold")
        line.append(row["type"], "dark_cyan" if row["intensity"] >= 0 else "dark_orange3").append(
            f"  {row['status']}", "dim"
        )
        console.print(line)
        console.print(Padding(Text(row["sentence"], style="dim"), (0, 0, 0, 12)))
