"""The demo's dispatches and their gold: files of lines in, checked for shape, order, spread and originality."""

import json
import re
from collections import Counter
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

import detente
from detente.types import Status

FILE = Path(detente.__file__).parent / "demo" / "data" / "dispatches.jsonl"
GOLD = Path(__file__).parent / "data" / "demo_gold.jsonl"
TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
FIELDS = {"id", "published", "title", "source", "text", "basis"}
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NAMES = {
    "RUS": r"Russian?s?|Moscow|Kremlin|Putin|Medvedev|Lavrov",
    "PAK": r"Pakistani?s?|Islamabad|Zardari|Gilani|Sharif",
    "IND": r"Indian?s?|New Delhi|Singh|Modi",
    "USA": r"United States|Americans?|Washington|Obama|U\.S|Clinton",
    "CHN": r"China|Chinese|Beijing|Xi Jinping",
    "AFG": r"Afghanistan|Afghans?|Kabul|Karzai|Ghani",
}
LEAST = {  # dispatches that name both; the demo shows how Moscow and Islamabad come closer among their neighbours
    ("PAK", "RUS"): 25, ("IND", "RUS"): 25, ("IND", "PAK"): 40, ("PAK", "USA"): 35, ("AFG", "PAK"): 25,
    ("RUS", "USA"): 20, ("CHN", "IND"): 15, ("CHN", "PAK"): 12, ("AFG", "USA"): 20, ("IND", "USA"): 15,
    ("AFG", "RUS"): 10, ("AFG", "IND"): 8, ("CHN", "RUS"): 5,
}  # fmt: skip


@pytest.fixture(scope="module")
def dispatches() -> list[dict[str, str]]:
    """All dispatches, as the file has them."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def sentences(text: str) -> list[str]:
    """The sentences of a dispatch without its dateline; abbreviations are not split well, which does no harm here."""
    body = re.sub(r"^[A-Z][^—.]{2,40} — ", "", text)
    return [part for part in re.split(r"(?<=[.?!])\s+(?=[A-Z])", body) if len(part) > 20]


def parties(row: dict[str, str]) -> list[str]:
    """The six states that a dispatch names."""
    return sorted(code for code, names in NAMES.items() if re.search(rf"\b(?:{names})\b", row["text"]))


def test_every_line_has_the_fields_and_an_id_of_its_own(dispatches: list[dict[str, str]]) -> None:
    for row in dispatches:
        assert row.keys() - {"copy_of"} == FIELDS
        assert all(value.strip() == value and value for value in row.values())
    assert [row["id"] for row in dispatches] == [f"demo-{number:03d}" for number in range(1, len(dispatches) + 1)]
    assert len(dispatches) >= 120


def test_dates_are_in_order_and_in_every_year(dispatches: list[dict[str, str]]) -> None:
    dates = [date.fromisoformat(row["published"]) for row in dispatches]
    assert all(earlier <= later for earlier, later in pairwise(dates))
    years = Counter(day.year for day in dates)
    assert set(years) == set(range(2009, 2017))
    assert min(years.values()) >= 10


def test_dispatches_are_as_long_as_wire_briefs(dispatches: list[dict[str, str]]) -> None:
    lengths = {row["id"]: len(row["text"].split()) for row in dispatches}
    assert {id_: words for id_, words in lengths.items() if not 40 <= words <= 110} == {}
    assert {row["id"] for row in dispatches if not 2 <= len(sentences(row["text"])) <= 6} == set()


def test_the_first_weekday_is_near_the_day_of_publication(dispatches: list[dict[str, str]]) -> None:
    far = []
    for row in dispatches:
        if named := re.search("|".join(DAYS), row["text"]):
            back = (date.fromisoformat(row["published"]).weekday() - DAYS.index(named[0])) % 7
            if back > 2 and "set for" not in row["text"][: named.start()]:
                far.append(row["id"])
    assert far == []


def test_every_dyad_has_enough_to_show(dispatches: list[dict[str, str]]) -> None:
    counts = Counter(pair for row in dispatches for pair in combinations(parties(row), 2))
    assert {pair: counts[pair] for pair, least in LEAST.items() if counts[pair] < least} == {}
    assert sum(len(parties(row)) <= 1 for row in dispatches) >= 6  # domestic news, which must yield no event


def test_only_marked_copies_repeat_sentences(dispatches: list[dict[str, str]]) -> None:
    originals = [row for row in dispatches if "copy_of" not in row]
    seen = Counter(sentence for row in originals for sentence in sentences(row["text"]))
    assert [sentence for sentence, times in seen.items() if times > 1] == []


def test_copies_repeat_an_earlier_dispatch_of_another_outlet(dispatches: list[dict[str, str]]) -> None:
    by_id = {row["id"]: row for row in dispatches}
    copies = [row for row in dispatches if "copy_of" in row]
    assert len(copies) >= 3
    for row in copies:
        original = by_id[row["copy_of"]]
        assert original["id"] < row["id"]
        assert original["source"] != row["source"]
        assert set(sentences(row["text"])) <= set(sentences(original["text"]))
        assert row["text"] != original["text"]


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    """The events that a careful reader finds in some of the dispatches."""
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def test_gold_lines_point_at_dispatches(dispatches: list[dict[str, str]], gold: list[dict[str, Any]]) -> None:
    ids = [row["id"] for row in gold]
    assert len(ids) == len(set(ids)) >= 60
    assert set(ids) <= {row["id"] for row in dispatches if "copy_of" not in row}


def test_gold_events_are_well_formed(gold: list[dict[str, Any]]) -> None:
    for row in gold:
        for event in row["events"]:
            assert event.keys() == {"source", "target", "type", "status", "mutual", "required"}
            assert event["type"] in TYPES
            assert event["status"] in get_args(Status)
            assert event["source"]
            assert bool(event["target"]) is not event["mutual"]
            assert len(set(event["source"] + event["target"])) == len(event["source"] + event["target"]) > 1


def test_gold_events_are_between_parties_that_the_text_names(
    dispatches: list[dict[str, str]], gold: list[dict[str, Any]]
) -> None:
    text = {row["id"]: row["text"] for row in dispatches}
    unnamed = [
        (row["id"], party)
        for row in gold
        for event in row["events"]
        for party in event["source"] + event["target"]
        if party in NAMES and not re.search(rf"\b(?:{NAMES[party]})\b", text[row["id"]])
    ]
    assert unnamed == []


def test_gold_has_domestic_news_without_events(gold: list[dict[str, Any]]) -> None:
    assert sum(not row["events"] for row in gold) >= 8
