"""What the words before an act leave open of its status."""

import pytest

from detente.coding.tense import settled
from detente.types import Status


@pytest.mark.parametrize(
    ("text", "words", "kind", "given", "wanted"),
    [
        ("Iran accuses Germany of refusing to provide fuel.", "refusing", "REJECT", "occurred", "alleged"),
        ("Iran accuses Germany of theft.", "accuses", "ACCUSE", "occurred", "occurred"),
        ("The ministry says it will recall its diplomats.", "recall", "SANCTION", "occurred", "planned"),
        ("The ministry says it will recall its diplomats.", "will recall", "SANCTION", "occurred", "planned"),
        ("Israel says it will refuse to deal with Hamas.", "refuse", "REJECT", "occurred", "occurred"),
        ("Peru agreed to send Chile two ships.", "send", "AID", "occurred", "planned"),
        ("Only Brazil has delivered its pledge to Haiti.", "has delivered", "AID", "planned", "occurred"),
        ("Brazil would have delivered its pledge.", "delivered", "AID", "hypothetical", "hypothetical"),
        ("Brazil delivered its pledge.", "delivered", "AID", "occurred", "occurred"),
        ("It will rain. Brazil sent aid.", "sent", "AID", "occurred", "occurred"),
        ("Chile has never publicly accused Peru.", "accused", "ACCUSE", "occurred", "denied"),
        ("Chile did not condemn Peru.", "did not condemn", "ACCUSE", "occurred", "denied"),
        ("Chile states that Peru has not cooperated.", "cooperated", "ACCUSE", "occurred", "occurred"),
        ("Chile has not accepted Peru's offer.", "accepted", "REJECT", "occurred", "occurred"),
        ("No amphibious assault on Peru had begun.", "No amphibious assault", "ASSAULT", "occurred", "denied"),
        ("Chile no longer attacks Peru.", "no longer attacks", "ASSAULT", "occurred", "occurred"),
    ],
)
def test_cues(text: str, words: str, kind: str, given: Status, wanted: Status) -> None:
    at = text.index(words)
    sentence = (text.rfind(". ", 0, at) + 2 if ". " in text[:at] else 0, len(text))
    assert settled(given, kind, text, sentence, (at, at + len(words))) == wanted
