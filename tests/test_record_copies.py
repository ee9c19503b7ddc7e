"""Syndicated copies: one cluster, counted once, whatever batch they come in."""

from datetime import date
from pathlib import Path

import pytest

import detente
from detente.ingest import duplicates
from detente.record import Entry
from making import make_entry

STORY = (
    "The foreign ministers of Russia and Pakistan met in Islamabad on Wednesday and agreed to widen trade, energy and "
    "defence ties, officials of both countries said after two hours of talks that were the first in almost ten years."
)
EDITED = "(AGENCIES) " + STORY.replace("two hours", "three hours")
OTHER = (
    "Heavy rain flooded villages in the north of the country on Wednesday, and thousands of people left their homes as "
    "rivers rose above their banks and roads were cut, the disaster agency said in the evening after a long search."
)


def _entry(key: str, text: str, day: date) -> Entry:
    entry = make_entry(key, text, published=day)
    entry.signature = duplicates.signature(text)
    entry.bands = duplicates.bands(entry.signature)
    return entry


@pytest.mark.parametrize("one_batch", [True, False])
def test_copies_join_the_first_ones_cluster(tmp_path: Path, one_batch: bool) -> None:
    entries = [
        _entry("first", STORY, date(2012, 10, 3)),
        _entry("copy", EDITED, date(2012, 10, 4)),
        _entry("other", OTHER, date(2012, 10, 4)),
        _entry("year-after", STORY, date(2013, 10, 3)),
    ]
    with detente.open(tmp_path / "record") as record:
        for batch in [entries] if one_batch else [[entry] for entry in entries]:
            record.add(batch, coder="one", same=duplicates.duplicates)
        assert {row["document"] for row in record.events().to_pylist()} == {"first", "other", "year-after"}
        assert {row["document"] for row in record.events(copies=True).to_pylist() if row["copy"]} == {"copy"}
        assert record.status().copies == 1
