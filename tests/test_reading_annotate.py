"""A document gets all its layers in text order; one in another language gets none."""

from datetime import date

from detente.reading import annotate
from detente.reading.text import within
from detente.types import Document, Mention


def scan(text: str, on: date | None) -> list[Mention]:
    at = text.find("Russia")
    return [Mention(start=at, end=at + 6, text="Russia", id="RUS", kind="state", why=str(on))]


def test_all_layers() -> None:
    text = 'Russia met nobody in Geneva on Monday. "It was quiet," Sergei Lavrov said.'
    found = annotate(Document(id="x", text=text, published=date(2012, 9, 18)), scan=scan)
    assert len(found.sentences) == 2
    assert [m.id for m in found.mentions] == ["RUS"]
    assert found.mentions[0].why == "2012-09-18"
    assert [d.first for d in found.dates] == [date(2012, 9, 17)]
    assert "Geneva" in [p.text for p in found.places]
    assert [s.kind for s in found.speech] == ["quote"]


def test_another_language_has_no_layers() -> None:
    found = annotate(Document(id="x", text="Russland traf am Montag niemanden.", language="de"), scan=scan)
    assert found.sentences == found.mentions == found.dates == found.places == found.speech == []


def test_an_empty_text() -> None:
    found = annotate(Document(id="x", text=""), scan=lambda _text, _on: [])
    assert found.sentences == []


def test_the_catalogue_is_the_default() -> None:
    found = annotate(Document(id="x", text="Pakistan refused NATO.", published=date(2012, 9, 17)))
    assert [m.id for m in found.mentions] == ["PAK", "NATO"]


def test_mentions_are_in_text_order_for_a_long_text() -> None:
    text = "Russia and China met. The two countries agreed. " * 400
    found = annotate(Document(id="x", text=text, published=date(2012, 9, 17)))
    assert [m.start for m in found.mentions] == sorted(m.start for m in found.mentions)
    assert len({m.id for m in found.mentions}) == 2


def test_a_layer_is_cut_to_a_span() -> None:
    found = annotate(
        Document(id="x", text="Peru met Chile. Cuba met Peru and Chile.", published=date(2012, 9, 18))
    ).mentions
    assert [m.text for m in within(found, (16, 40))] == ["Cuba", "Peru", "Chile"]
    assert [m.text for m in within(found, (16, 36))] == ["Cuba", "Peru"]  # what only begins in it is not in it
    assert [m.text for m in within(found, (1, 15))] == ["Chile"]
    assert within(found, (4, 5)) == within([], (0, 9)) == []
