"""Reports of a deal make one line of the ledger; embargoes, lost tenders and new orders are lines of their own; shares and HHI."""

from datetime import date
from itertools import count
from typing import Any

import pytest

from detente.relations.arms import Deal, ledger
from detente.relations.shares import imports, over_time

NUMBER = count()


def report(day: str, stage: str, item: str = "Mi-35 helicopters", **more: Any) -> dict[str, Any]:
    """A row of Record.transfers."""
    n = next(NUMBER)
    return {
        "id": f"d{n}:t", "document": f"d{n}", "supplier": ["RUS"], "recipient": ["PAK"], "item": item,
        "item_class": "aircraft", "form": "complete", "number": None, "value": None, "currency": None, "stage": stage,
        "start": None, "published": date.fromisoformat(day), "sentence": f"sentence {n}", "outlet": f"outlet {n}", "url": None,
        **more,
    }  # fmt: skip


def only(*reports: dict[str, Any]) -> Deal:
    found = ledger(reports)
    assert len(found) == 1
    return found[0]


def test_a_deal_goes_from_offer_to_delivery() -> None:
    deal = only(
        report("2014-06-02", "offered"),
        report("2014-11-20", "expected", "attack helicopters"),
        report("2015-08-19", "agreed", "four Mi-35M helicopters", number=4, value=1.53e8, currency="USD"),
        report("2017-08-01", "delivered", "Mi-35M helicopters", number=4),
    )
    assert [entry.stage for entry in deal.entries] == ["offered", "expected", "agreed", "delivered"]
    assert (deal.stage, deal.number, deal.value, deal.currency, deal.sources) == ("delivered", 4, 1.53e8, "USD", 4)
    assert deal.day == date(2017, 8, 1)


@pytest.mark.parametrize(
    "other",
    [
        report("2015-09-01", "agreed", "T-90 tanks", item_class="armour"),
        report("2015-09-01", "expected", "spares for the helicopters", form="spares"),
        report("2019-09-01", "agreed"),
        report("2015-09-01", "agreed", recipient=["IND"]),
        report("2015-09-01", "embargoed", "arms"),
    ],
    ids=["another item", "spares", "years later", "another recipient", "an embargo"],
)
def test_what_is_another_deal_stays_apart(other: dict[str, Any]) -> None:
    assert len(ledger([report("2015-08-19", "agreed"), other])) == 2


def test_joint_suppliers_are_one_deal() -> None:
    deal = only(
        report("1996-08-01", "agreed", "T-80UD tanks", supplier=["RUS", "UKR"]),
        report("1997-02-01", "delivered", "T-80UD tanks", supplier=["UKR"]),
    )
    assert deal.supplier == ["RUS", "UKR"]


def test_an_embargo_stands_until_it_is_lifted_and_can_come_again() -> None:
    rows = [
        report(d, s, "arms", item_class="other")
        for d, s in (("2008-01-01", "embargoed"), ("2011-01-01", "embargoed"), ("2014-06-02", "lifted"))
    ]
    assert [entry.stage for entry in only(*rows).entries] == ["embargoed", "embargoed", "lifted"]
    assert len(ledger([*rows, report("2016-01-01", "embargoed", "arms", item_class="other")])) == 2


def test_a_new_order_after_delivery_is_a_new_line() -> None:
    assert len(ledger([report("2015-01-01", "delivered"), report("2015-06-01", "offered")])) == 2


def test_what_was_published_later_is_not_known() -> None:
    rows = [report("2014-06-02", "offered"), report("2015-08-19", "agreed")]
    assert [d.stage for d in ledger(rows, today=date(2015, 1, 1))] == ["offered"]


def test_shares_and_concentration() -> None:
    deliveries = [
        (2010, "RUS", "IND", 30.0),
        (2011, "USA", "IND", 10.0),
        (2012, "FRA", "PAK", 5.0),
        (2016, "USA", "IND", 10.0),
    ]
    found = imports(deliveries, "IND", 2010, 2014)
    assert found.shares == {"RUS": 0.75, "USA": 0.25}
    assert found.hhi == pytest.approx(0.625)
    assert imports(deliveries, "AFG", 2010, 2014).hhi is None
    years = over_time(deliveries, "IND")
    assert [(i.first, i.last) for i in years][:2] == [(2006, 2010), (2007, 2011)]
    assert years[-1].shares == {"USA": 1.0}
