"""Reports of a meeting from many pages become one meeting, and later pages decide what became of it."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from detente.relations.calendar import calendar
from detente.relations.sittings import Sitting

NUMBER = count()


def report(
    day: str, parties: str = "RUS PAK", status: str = "scheduled", start: str | None = "2012-09-26", **more: Any
) -> dict[str, Any]:
    """A row of Record.meetings."""
    n = next(NUMBER)
    when = date.fromisoformat(start) if start else None
    return {
        "id": f"d{n}:m", "document": f"d{n}", "participants": parties.split(), "format": "visit", "series": None,
        "start": when, "end": when, "precision": "day" if start else "unknown", "place_name": None,
        "place_country": None, "topic": None, "status": status, "moved": None, "published": date.fromisoformat(day),
        "sentence": f"sentence {n}", "outlet": f"outlet {n}", "url": None, **more,
    }  # fmt: skip


def only(*reports: dict[str, Any], today: str | None = None) -> Sitting:
    found = calendar(reports, today=date.fromisoformat(today) if today else None)
    assert len(found) == 1
    return found[0]


def test_many_announcements_are_one_meeting() -> None:
    one = only(
        report("2012-08-01", start="2012-09-01", precision="month"),
        report("2012-09-10"),
        report("2012-09-17", "RUS PAK TJK AFG", series="quadrilateral", place_name="Islamabad", place_country="PAK"),
    )
    assert (one.start, one.precision, one.sources) == (date(2012, 9, 26), "day", 3)
    assert (one.place, one.series, one.participants) == ("Islamabad", "quadrilateral", ["AFG", "PAK", "RUS", "TJK"])


def test_a_visit_that_is_called_off_is_cancelled() -> None:
    one = only(report("2012-09-17"), report("2012-09-27", status="cancelled", start=None))
    assert one.status == "cancelled"
    assert one.start == date(2012, 9, 26)
    assert [step.status for step in one.steps] == ["scheduled", "cancelled"]
    assert one.steps[1].sentence.startswith("sentence")


def test_a_visit_that_is_put_off_takes_its_new_date() -> None:
    one = only(
        report("2012-09-17"),
        report("2012-09-27", status="postponed", start="2012-10-15", moved=date(2012, 9, 26)),
        report("2012-10-16", status="held", start="2012-10-15"),
    )
    assert (one.status, one.start) == ("held", date(2012, 10, 15))
    assert [step.start for step in one.steps] == [date(2012, 9, 26), date(2012, 10, 15), date(2012, 10, 15)]


def test_what_is_put_off_without_a_date_may_still_be_held() -> None:
    one = only(
        report("2012-09-17"),
        report("2012-09-27", status="postponed", start=None),
        report("2012-11-02", status="held", start="2012-11-02"),
    )
    assert (one.status, one.start) == ("held", date(2012, 11, 2))


def test_what_is_put_off_until_nobody_knows_does_not_lapse() -> None:
    reports = (report("2012-09-17"), report("2012-09-27", status="postponed", start=None))
    assert only(*reports, today="2013-06-01").status == "postponed"
    moved = report("2012-09-27", status="postponed", start="2012-10-15", moved=date(2012, 9, 26))
    assert only(report("2012-09-17"), moved, today="2013-06-01").status == "lapsed"


def test_nobody_reporting_it_lets_it_lapse_and_a_late_report_is_not_known_before() -> None:
    rows = [report("2012-09-17"), report("2012-10-20", status="held")]
    assert only(*rows, today="2012-10-12").status == "lapsed"
    assert only(*rows, today="2012-10-05").status == "scheduled"
    assert only(*rows, today="2012-10-25").status == "held"


def test_a_meeting_without_a_date_does_not_lapse() -> None:
    assert only(report("2012-09-17", start=None), today="2020-01-01").status == "scheduled"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (report("2012-09-18", "RUS IND"), "other participants"),
        (report("2012-09-18", start="2012-12-01"), "another date"),
        (report("2012-09-18", format="call"), "a call is no visit"),
        (report("2012-09-18", series="2+2"), "another series"),
        (report("2012-09-18", place_country="TJK"), "another country"),
    ],
)
def test_different_meetings_stay_apart(other: dict[str, Any], why: str) -> None:
    first = report("2012-09-17", series="quadrilateral", place_country="PAK")
    assert len(calendar([first, other])) == 2, why


def test_a_series_holds_a_sitting_together_and_its_next_sitting_apart() -> None:
    found = calendar(
        [
            report("2010-11-01", "NATO", start="2010-11-19", series="NATO summit", format="summit"),
            report("2010-11-19", "NATO", "held", start="2010-11-19", series="23rd NATO summit", format="summit"),
            report("2012-05-20", "NATO", "held", start="2012-05-20", series="25th NATO summit", format="summit"),
        ]
    )
    assert [(s.status, s.start.year if s.start else 0, s.sources) for s in found] == [
        ("held", 2010, 2),
        ("held", 2012, 1),
    ]


def test_the_order_in_which_pages_are_given_does_not_matter() -> None:
    rows = [
        report("2012-09-17"),
        report("2012-09-18", "RUS PAK AFG"),
        report("2012-09-27", status="cancelled", start=None),
    ]
    assert calendar(rows) == calendar(rows[::-1])


def test_what_was_called_off_is_not_held_by_another_s_visit_but_can_be_announced_again() -> None:
    off = [report("2012-09-17", start="2012-10-02"), report("2012-09-26", status="cancelled", start=None)]
    other = report("2012-10-03", status="held", start="2012-10-03")
    assert [s.status for s in calendar([*off, other])] == ["cancelled", "held"]
    again = report("2012-09-28", start="2012-10-02")
    assert only(*off, again, report("2012-10-02", status="held", start="2012-10-02")).status == "held"


def test_two_meetings_of_one_page_stay_two() -> None:
    rows = [report("2012-09-17", "RUS PAK TJK AFG", document="d"), report("2012-09-17", "RUS PAK", document="d")]
    assert len(calendar(rows)) == 2


def test_the_same_pair_every_week_stays_linear() -> None:
    start = date(2000, 1, 3)
    rows = [
        report(str(start + timedelta(7 * n)), "USA CHN", "held", str(start + timedelta(7 * n))) for n in range(1000)
    ]
    assert len(calendar(rows)) == 1000
