"""Arms transfers in running text: supplier, recipient, item, stage; embargoes, lost tenders, spares; and what is none."""

from datetime import date

import pytest

import detente
from detente.reader import read_document
from detente.types import Document, Transfer

DAY = "2012-09-17"


def found(text: str) -> list[Transfer]:
    return detente.read(text, published=DAY).transfers


def only(text: str) -> Transfer:
    transfers = found(text)
    assert len(transfers) == 1, [(t.supplier, t.recipient, t.item, t.stage) for t in transfers]
    return transfers[0]


@pytest.mark.parametrize(
    ("text", "supplier", "recipient", "stage"),
    [
        ("Sweden sells 14 Gripen fighters to Hungary.", "SWE", "HUN", "agreed"),
        ("Hungary buys 14 Gripen fighters from Sweden.", "SWE", "HUN", "agreed"),
        ("Poland will send T-72 tanks to Ukraine.", "POL", "UKR", "agreed"),
        ("Italy delivered two frigates to Peru last year.", "ITA", "PER", "delivered"),
        ("Czechoslovakia supplied Egypt with tanks in 1955.", "CZE CSK", "EGY", "delivered"),
        ("Rifles made for the police were sold by Belgium to Chad.", "BEL", "TCD", "delivered"),
        ("Egypt was supplied with MiG-21 fighters by the Soviet Union.", "SUN", "EGY", "delivered"),
        ("France offered Rafale jets to Brazil.", "FRA", "BRA", "offered"),
        ("Israel is considering the sale of drones to India.", "ISR", "IND", "expected"),
        ("Germany refuses to sell submarines to Pakistan.", "DEU", "PAK", "refused"),
        ("The sale of 50 F-16s to Turkey by the United States was blocked.", "USA", "TUR", "refused"),
        ("Canada approves the sale of armoured vehicles to Saudi Arabia.", "CAN", "SAU", "agreed"),
        ("China's arms exports to Sudan have continued.", "CHN", "SDN", "delivered agreed"),
        ("Yemen accuses Iran of supplying missiles to Houthi rebels.", "IRN", "HOUTHI", "delivered"),
        ("The United States announces a military aid package for Jordan, including anti-tank missiles.", "USA", "JOR", "agreed"),
        ("Norway awards a contract to the South Korean firm to build its patrol boats.", "KOR", "NOR", "agreed"),
    ],
)  # fmt: skip
def test_who_supplies_whom_and_how_far_it_is(text: str, supplier: str, recipient: str, stage: str) -> None:
    transfer = only(text)
    assert set(transfer.supplier) <= set(supplier.split())
    assert transfer.supplier
    assert transfer.recipient == [recipient]
    assert transfer.stage in stage.split()


@pytest.mark.parametrize(
    ("text", "stage", "parties"),
    [
        ("The European Union imposed an arms embargo on Zimbabwe.", "embargoed", (["EU"], ["ZWE"])),
        ("The United States lifts its arms embargo on Vietnam.", "lifted", (["USA"], ["VNM"])),
        ("The European Union says it is not ready to lift its arms embargo on China.", "embargoed", (["EU"], ["CHN"])),
        ("Russia lifts the ban on the delivery of S-300 missiles to Iran.", "lifted", (["RUS"], ["IRN"])),
    ],
)
def test_embargoes(text: str, stage: str, parties: tuple[list[str], list[str]]) -> None:
    transfer = only(text)
    assert (transfer.stage, (transfer.supplier, transfer.recipient)) == (stage, parties)


@pytest.mark.parametrize(
    "text",
    [
        "Syria sends tanks into Deraa.",
        "Turkey seized an Iranian arms shipment to Syria.",
        "North Korea tested a missile aimed at Japan.",
        "France sends warships to the coast of Lebanon to evacuate its citizens.",
        "Australia sends fighter jets to Iraq to help in the fight against Islamic State.",
        "The senate called for an arms embargo against Saudi Arabia by Britain.",
        "Brazil sells soybeans to China.",
        "Syria hands over chemical weapons to the United Nations.",
        "Police found weapons from Serbia in a car bound for Sweden.",
        "Russia ordered an inquiry into missile tests by India.",
        "Germany denied that it had delivered tanks to Ukraine.",
        "Iran denies supplying weapons to the Houthis.",
        "Russia warned the United States against supplying Ukraine with long-range missiles.",
    ],
)
def test_what_is_no_transfer(text: str) -> None:
    assert found(text) == []


def test_number_value_class_and_item() -> None:
    transfer = only("Morocco agreed to buy 24 F-16 fighters from the United States for $2.4 billion.")
    assert (transfer.number, transfer.value, transfer.currency) == (24, 2.4e9, "USD")
    assert (transfer.item, transfer.item_class) == ("24 F-16 fighters", "aircraft")
    assert only("Norway agrees to buy Type 26 frigates from Britain.").number is None
    assert only("Sweden sells Archer howitzers to Ukraine for 5 billion euros.").currency == "EUR"


@pytest.mark.parametrize(
    ("text", "item_class"),
    [
        ("Russia delivered S-400 systems to Turkey.", "air-defence systems"),
        ("Russia delivered Kalashnikov rifles to Mali.", "small arms"),
        ("Turkey delivered Bayraktar TB2 drones to Poland.", "drones"),
        ("Germany delivered submarines to Israel.", "ships"),
        ("India delivered howitzers to Armenia.", "artillery"),
        ("Iran delivered arms to Bosnia.", "other"),
    ],
)
def test_classes(text: str, item_class: str) -> None:
    assert only(text).item_class == item_class


def test_joint_suppliers_spares_licences_and_lost_tenders_are_told_apart() -> None:
    joint = only("Britain and Italy sold Tornado jets to Saudi Arabia.")
    assert joint.supplier == ["GBR", "ITA"]
    assert only("Russia will deliver spare parts to India.").form == "spares"
    assert only("Russia will supply T-90 tanks to India for production under licence.").form == "licence"
    lost = only("India went its own way. Like France, Sweden lost out in the MMRCA contest.")
    assert (lost.supplier, lost.recipient, lost.form, lost.stage) == (["FRA", "SWE"], ["IND"], "tender", "refused")


def test_spares_of_what_was_told_before_come_from_the_same_supplier() -> None:
    first, second = found(
        "Ukraine sold tanks to Pakistan in 1997. Many expect the supply of these spares to Pakistan to begin soon."
    )
    assert (first.supplier, second.supplier, second.form) == (["UKR"], ["UKR"], "spares")


def test_evidence_stands_in_the_text() -> None:
    text = "It rained. Spain sold mortars to Laos in 1999. It snowed."
    transfer = only(text)
    assert text[transfer.evidence.start : transfer.evidence.end] == "Spain sold mortars to Laos in 1999."
    start, end = transfer.evidence.trigger or (0, 0)
    assert text[start:end] == "sold"
    assert transfer.start == date(1999, 1, 1)


def test_junk_is_read_to_its_end() -> None:
    for junk in ("France sold arms to " * 3_000, "tanks " * 10_000, "arms embargo on " * 4_000, "F-16" * 12_000):
        assert len(read_document(Document(id="junk", text=junk + "end.")).transfers) <= 1, junk[:20]


def test_the_reference_article(shared) -> None:  # type: ignore[no-untyped-def]
    text = (shared / "articles/russia-pakistan-2012.txt").read_text("utf-8")
    lines = {(tuple(t.supplier), tuple(t.recipient), t.form, t.stage) for t in found(text)}
    assert (("RUS",), ("PAK",), "complete", "embargoed") in lines
    assert (("RUS", "UKR"), ("PAK",), "complete", "delivered") in lines
    assert any(recipient == ("PAK",) and (form, stage) == ("spares", "expected") for _, recipient, form, stage in lines)
    assert any("RUS" in s and r == ("IND",) and form == "tender" for s, r, form, _ in lines)
