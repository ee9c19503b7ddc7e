"""Words that stand for an actor named before are resolved where only one can be meant, and left open otherwise."""

from collections.abc import Iterable

from detente.reading.coreference import link
from detente.types import Mention


def mentions(text: str, *named: tuple[str, str, str, str | None]) -> list[Mention]:
    found, position = [], 0
    for words, actor, kind, role in named:
        position = text.index(words, position)
        end = position + len(words)
        found.append(Mention(start=position, end=end, text=words, id=actor, kind=kind, role=role, name=words))  # type: ignore[arg-type]
        position = end
    return found


def resolved(text: str, given: Iterable[Mention]) -> list[tuple[str, str]]:
    return [(m.text, m.id) for m in link(text, list(given)) if m.why.startswith("coreference")]


def test_the_two_countries_are_the_two_named_before() -> None:
    text = "Russia and China met. The two countries agreed."
    given = mentions(
        text,
        ("Russia", "RUS", "state", None),
        ("China", "CHN", "state", None),
        ("two countries", "", "generic", "parties"),
    )
    assert resolved(text, given) == [("two countries", "RUS"), ("two countries", "CHN")]


def test_three_states_leave_the_two_countries_open() -> None:
    text = "Russia, Iran and China met. The two countries agreed."
    given = mentions(
        text, ("Russia", "RUS", "state", None), ("Iran", "IRN", "state", None), ("China", "CHN", "state", None),
        ("two countries", "", "generic", "parties"),
    )  # fmt: skip
    assert resolved(text, given) == []
    assert given[-1] in link(text, given)


def test_the_place_of_a_meeting_is_no_party() -> None:
    text = "Russia and China met in Geneva. Both sides agreed."
    given = mentions(
        text, ("Russia", "RUS", "state", None), ("China", "CHN", "state", None), ("Geneva", "CHE", "state", "place"),
        ("Both sides", "", "generic", "parties"),
    )  # fmt: skip
    assert [actor for _, actor in resolved(text, given)] == ["RUS", "CHN"]


def test_the_president_is_the_one_named() -> None:
    text = "Vladimir Putin met Manmohan Singh. The president left."
    given = mentions(
        text, ("Vladimir Putin", "RUS", "person", "president"), ("Manmohan Singh", "IND", "person", "prime minister"),
        ("president", "", "office", "president"),
    )  # fmt: skip
    assert resolved(text, given) == [("president", "RUS")]


def test_an_office_of_one_of_two_states_stays_open() -> None:
    text = "Russia met India. The foreign minister left."
    given = mentions(
        text,
        ("Russia", "RUS", "state", None),
        ("India", "IND", "state", None),
        ("foreign minister", "", "office", "foreign minister"),
    )
    assert resolved(text, given) == []


def test_the_country_and_it() -> None:
    text = "Iran tested a missile. It said the country was safe."
    assert resolved(text, mentions(text, ("Iran", "IRN", "state", None))) == [("It", "IRN"), ("the country", "IRN")]


def test_he_is_the_only_person_before() -> None:
    text = "Vladimir Putin flew to Delhi. He met nobody."
    given = mentions(text, ("Vladimir Putin", "RUS", "person", "president"), ("Delhi", "IND", "state", "place"))
    assert resolved(text, given) == [("He", "RUS")]
