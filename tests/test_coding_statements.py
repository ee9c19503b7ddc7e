"""Who says, reports or believes what: speaker, role, certainty, forecast, horizon, whom it is about."""

from datetime import date

import pytest

import detente
from detente.reader import read_document
from detente.types import Document, Statement

DAY = "2012-09-17"


def found(text: str) -> list[Statement]:
    return detente.read(text, published=DAY).statements


def only(text: str) -> Statement:
    statements = found(text)
    assert len(statements) == 1, [(s.speaker.name, s.text) for s in statements]
    return statements[0]


@pytest.mark.parametrize(
    ("text", "speaker", "kind", "said"),
    [
        ('"We shall not sign," said Marta Lindqvist, Sweden\'s trade envoy.', "Marta Lindqvist", "quote", "We shall not sign"),
        ("Kenya says the dam has cost it half of its water.", "Kenya", "reported", "the dam has cost it half of its water"),
        ("Diplomats in Vienna believe that the talks have failed.", "Diplomats", "belief", "the talks have failed"),
        ("Chile is convinced the court will rule in its favour.", "Chile", "belief", "the court will rule in its favour"),
        ("The border is closed, according to the Georgian interior ministry.", "Georgian interior ministry", "reported", "The border is closed"),
        ("The port was hit twice, a harbour official said on Sunday.", "harbour official", "reported", "The port was hit twice"),
        ("The general is believed to have left the country.", "", "belief", "to have left the country"),
        ("It is feared that hundreds have drowned.", "", "belief", "hundreds have drowned"),
        ("Peru denies having armed the rebels.", "Peru", "reported", "having armed the rebels"),
        ("Cuba's foreign minister called the blockade \"an act of war\".", "Cuba's foreign minister", "quote", "an act of war"),
        ("Nepal expects a quick end to the strike.", "Nepal", "belief", "a quick end to the strike"),
    ],
)  # fmt: skip
def test_forms_of_saying_and_believing(text: str, speaker: str, kind: str, said: str) -> None:
    statement = only(text)
    assert (statement.kind, statement.text) == (kind, said)
    assert set(statement.speaker.name.split()) <= set(speaker.split())
    assert bool(statement.speaker.name) == bool(speaker)


@pytest.mark.parametrize(
    "text",
    [
        'He returned to what he calls his "second home".',
        "Austria called for new elections in the province.",
        "The Hague denied his appeal.",
        "Ghana announced a plan that will cut tariffs.",
        "Denmark urged Iceland to reopen the port.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert found(text) == []


def test_a_split_quote_is_one_statement_with_two_parts() -> None:
    text = '"The bridge is ours," said Omar Haddad, "and it will stay ours."'
    statement = only(text)
    assert [text[a:b] for a, b in statement.parts] == ["The bridge is ours", "and it will stay ours."]
    assert statement.text == "The bridge is ours and it will stay ours."


def test_quotes_are_offsets_never_paraphrased() -> None:
    text = "The envoy left. “It was a waste of time,” he said. Later, officials said that talks would go on."
    for statement in found(text):
        assert statement.text == " ".join(text[a:b] for a, b in statement.parts)
        start, end = statement.evidence.trigger or (0, 0)
        assert text[start:end] == "said"


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Iran says it has enough fuel.", "certain"),
        ("Iran says it will probably need more fuel.", "probable"),
        ("Economists expect growth to slow.", "probable"),
        ("Bonn says the treaty may fail.", "possible"),
        ("London says a deal is unlikely before winter.", "doubtful"),
        ("Burma says it has no troops in the valley.", "denied"),
        ("Mali denies having hired the pilots.", "denied"),
        ("Warsaw says the firm that may have sold the files has closed.", "certain"),
    ],
)
def test_certainty_is_that_of_the_words_around_the_first_verb(text: str, certainty: str) -> None:
    assert only(text).certainty == certainty


@pytest.mark.parametrize(
    ("text", "forecast", "checkable"),
    [
        ("Norway says it will close two consulates.", True, True),
        ("Norway says it closed two consulates.", False, False),
        ("Analysts expect Norway to raise duties on salmon.", True, True),
        ("Norway's premier says the pact would be a mistake.", False, False),
        ("Norway says relations will be based on trust.", True, False),
        ("Norway says the ship could have sunk.", False, False),
    ],
)
def test_a_forecast_says_what_will_happen_and_some_can_be_checked(text: str, forecast: bool, checkable: bool) -> None:
    statement = only(text)
    assert (statement.forecast, statement.checkable) == (forecast, checkable)


def test_a_horizon_is_the_last_day_of_the_time_that_is_named() -> None:
    assert only("Japan says it will lift the ban by the end of October 2012.").horizon == date(2012, 10, 31)
    assert only("Japan says it will lift the ban.").horizon is None
    assert only("Japan says it lifted the ban in August 2012.").horizon is None


def test_roles_carry_over_to_a_surname_and_a_pronoun() -> None:
    first, second, third = found(
        'Anil Deshmukh, former envoy to Oslo, said, "It is settled." Deshmukh says the port will open. He added that Norway had agreed.'
    )
    for statement in (first, second, third):
        assert statement.speaker.name == "Anil Deshmukh"
        assert statement.speaker.former
        assert statement.speaker.role == "former envoy to Oslo"


def test_a_minister_under_a_former_president_is_not_former() -> None:
    statement = only("Rosa Quiroga, finance minister under former president Hugo Banzer, says the books were clean.")
    assert not statement.speaker.former


def test_whom_it_is_about_and_whether_it_is_welcome() -> None:
    statement = only("Finland's foreign minister said Estonia and Latvia had closed the strait.")
    assert (statement.speaker.actor, statement.about, statement.dyad) == ("FIN", ["EST", "LVA"], ("EST", "LVA"))
    assert only("Oman says it rejects the demands of Yemen.").stance == "rejects"
    assert only("Oman says it welcomes the decision of Yemen.").stance == "welcomes"
    assert only("Oman says the road to Yemen is open.").stance is None


def test_two_things_said_are_two_statements() -> None:
    first, second = found("Togo says that the vote was fair, and that the army stayed in its barracks.")
    assert (first.text, second.text) == ("the vote was fair", "the army stayed in its barracks")


def test_running_text_of_any_length_is_text() -> None:
    assert found("Norway says it will close two consulates. " + "It snowed in Oslo, and it rained in Bergen. " * 8)


def test_junk_is_read_to_its_end() -> None:
    for junk in (
        '"' * 50_000,
        "said " * 10_000,
        "says he says " * 4_000,
        "X, who said, " * 4_000,
        "is believed to be " * 3_000,
    ):
        assert len(read_document(Document(id="junk", text=junk + "end.")).statements) < 20, junk[:20]


def test_the_reference_article_is_heard_whole(shared) -> None:  # type: ignore[no-untyped-def]
    text = (shared / "articles/russia-pakistan-2012.txt").read_text("utf-8")
    statements = found(text)
    quotes = [(s.speaker.name, s.speaker.former) for s in statements if s.kind == "quote"]
    assert quotes == [("Prabhat Shukla", True), ("Ronen Sen", True), ("Rana Banerji", True), ("Prabhat Shukla", True)]
    roles = {s.speaker.name: s.speaker.role for s in statements if s.kind == "quote"}
    assert roles["Prabhat Shukla"] == "former envoy to Russia"
    assert roles["Ronen Sen"] == "former envoy to Moscow and Washington"
    assert "formerly with RAW" in (roles["Rana Banerji"] or "")
    beliefs = {s.speaker.name: s for s in statements if s.kind == "belief"}
    assert beliefs["Indian analysts"].certainty in {"probable", "possible"}
    assert beliefs["India"].certainty == "certain"
    expected = beliefs["Indians"]
    assert (expected.certainty, expected.forecast, expected.about) == ("probable", True, ["PAK"])
