"""Dates in running text are resolved against the publication date, with their precision."""

from datetime import date

import pytest

from detente.reading.dates import find

MONDAY = date(2012, 9, 17)


def dates(text: str, published: date | None = MONDAY) -> list[tuple[str, str, str, str]]:
    return [(d.text, d.first.isoformat(), d.last.isoformat(), d.precision) for d in find(text, published)]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("Putin will be in Islamabad on September 26.", "2012-09-26", "2012-09-26", "day"),
        ("They met on 26 September 2011.", "2011-09-26", "2011-09-26", "day"),
        ("The deal was signed on Sept. 3.", "2012-09-03", "2012-09-03", "day"),
        ("The deal of 2012-09-03 holds.", "2012-09-03", "2012-09-03", "day"),
        ("The deal of 26/09/2012 holds.", "2012-09-26", "2012-09-26", "day"),
        ("The vote took place in Sept. 2011.", "2011-09-01", "2011-09-30", "month"),
        ("It last met in Dushanbe in 2011.", "2011-01-01", "2011-12-31", "year"),
        ("They fought in late 2011.", "2011-09-01", "2011-12-31", "year"),
        ("Elections are due early next year.", "2013-01-01", "2013-04-30", "year"),
        ("It began in the late 1960s.", "1966-01-01", "1969-12-31", "decade"),
        ("It began two years ago.", "2010-01-01", "2010-12-31", "year"),
        ("They met last week.", "2012-09-10", "2012-09-16", "month"),
        ("They met last month.", "2012-08-01", "2012-08-31", "month"),
        ("They will meet next year.", "2013-01-01", "2013-12-31", "year"),
        ("They met on Friday.", "2012-09-14", "2012-09-14", "day"),
        ("They will meet on Friday.", "2012-09-21", "2012-09-21", "day"),
        ("He said on Friday that he will go.", "2012-09-14", "2012-09-14", "day"),
        ("It will be held on November 6 if needed.", "2012-11-06", "2012-11-06", "day"),
        ("He had been due to leave on Friday.", "2012-09-14", "2012-09-14", "day"),
        ("They met yesterday.", "2012-09-16", "2012-09-16", "day"),
        ("They will meet tomorrow.", "2012-09-18", "2012-09-18", "day"),
        ("The pact was made earlier this year.", "2012-01-01", "2012-09-17", "year"),
        ("Talks were held between 3 and 5 May.", "2012-05-03", "2012-05-05", "day"),
        ("Talks were held on May 3-5, 2010.", "2010-05-03", "2010-05-05", "day"),
        ("They talked from March to June 2010.", "2010-03-01", "2010-06-30", "month"),
        ("They talked from Monday to Friday last week.", "2012-09-17", "2012-09-14", "day"),
        ("It has been so since 1998.", "1998-01-01", "1998-12-31", "year"),
        ("They met in the summer of 1995.", "1995-06-01", "1995-08-31", "year"),
        ("It grew in the first quarter of 2009.", "2009-01-01", "2009-03-31", "year"),
        ("It began in mid-2003.", "2003-05-01", "2003-08-31", "year"),
        ("The law followed 9/11.", "2001-09-11", "2001-09-11", "day"),
        ("2014 Ukrainian revolution", "2014-01-01", "2014-12-31", "year"),
    ],
)
def test_one_date(text: str, first: str, last: str, precision: str) -> None:
    found = [d[1:] for d in dates(text)]
    if first > last:  # the second date belongs to another week: two dates, not a span
        assert len(found) == 2
    else:
        assert found == [(first, last, precision)]


@pytest.mark.parametrize(
    "text",
    [
        "They may march to the sea.",
        "Theresa May said so.",
        "He sent 2,000 troops and 1500 people.",
        "UN Resolution 1973 was adopted.",
        "It has grown in recent years.",
        "The deal of 03/05/2012 is unclear.",
        "Some 2000 soldiers fled.",
        "Black Friday sales rose.",
        "It was in the 31 February plan",
    ],
)
def test_no_date(text: str) -> None:
    assert [d for d in dates(text) if d[3] == "day" or d[3] == "year"] == []


def test_a_decade_later_counts_from_the_date_before() -> None:
    assert dates("We saw it in the late 1960s, again a decade later.")[1] == (
        "a decade later", "1976-01-01", "1979-12-31", "decade",
    )  # fmt: skip


def test_the_same_day_is_the_day_before() -> None:
    found = dates("On 3 May 2010 he came. Two days later he left. The following year he died.")
    assert [d[1] for d in found] == ["2010-05-03", "2010-05-05", "2011-01-01"]


def test_a_month_after_a_year_in_the_sentence_is_of_that_year() -> None:
    assert dates("In 2008, Russia invaded Georgia in August.")[1][1] == "2008-08-01"


def test_without_a_publication_date_only_full_dates_are_resolved() -> None:
    assert [d[0] for d in dates("On 3 May 2010 and on Monday, yesterday, in June and last year.", None)][:1] == [
        "3 May 2010"
    ]
    assert dates("He came on Monday, yesterday and last year.", None) == []


def test_offsets_are_those_of_the_text() -> None:
    text = "Mr. Putin came on Sept. 3, and left last week."
    for found in find(text, MONDAY):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It was signed on 27 June.\n\n2007 was bad until May.", ["27 June.", "2007", "May"]),
        ("It was signed on 5\nMay 2012 in Paris.", ["5\nMay 2012"]),
        ("It ended on Aug.\n7, 2010 in Rome.", ["Aug.\n7, 2010"]),
        ("They met on 3 March\n2011 in Oslo. It rained.", ["3 March\n2011"]),
    ],
)
def test_dates_run_over_lines_and_not_over_paragraphs(text: str, dates: list[str]) -> None:
    assert [found.text for found in find(text, MONDAY)] == dates


def test_the_end_of_the_calendar_is_no_error() -> None:
    assert find("It was nine hundred years ago, or 999 decades ago.", date(1, 2, 3)) == []


def test_timebank_does_not_fall_behind(shared) -> None:  # type: ignore[no-untyped-def]
    import json
    import subprocess
    import sys
    from pathlib import Path

    gold = shared / "data/gold/dates_timebank.jsonl"
    script = Path(__file__).parents[1] / "benchmarks/dates.py"
    out = subprocess.run([sys.executable, script, "--gold", gold], capture_output=True, text=True, check=True).stdout
    figures = dict(line.split() for line in out.splitlines())
    assert float(figures["span_f1"]) >= 0.93, json.dumps(figures)
    assert float(figures["value_accuracy"]) >= 0.86, json.dumps(figures)
