"""Mending: characters lost in encoding come back where that is certain, and nothing else changes."""

import pytest

from detente.ingest.mend import mend


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("dynamism in the Indo-Russian?relationship.", "dynamism in the Indo-Russian relationship."),
        ("India?s border with China", "India's border with China"),
        ("They don?t agree, and won\ufffdt soon.", "They don't agree, and won't soon."),
        (
            "We?ll see what they?re doing, and I?m sure they?ve left.",
            "We'll see what they're doing, and I'm sure they've left.",
        ),
        ("talks in Moscow\ufffdand in Kabul", "talks in Moscow and in Kabul"),
        ("the president\ufffdVladimir Putin", "the president Vladimir Putin"),
        ("Russia?will send tanks", "Russia will send tanks"),
        ("He said: ?We will not yield.? Then he left.", 'He said: "We will not yield." Then he left.'),
        ("the so-called ?near abroad? of Russia", 'the so-called "near abroad" of Russia'),
        ("the leaders\ufffd summit was held", "the leaders' summit was held"),
        ("Cote d?Ivoire and Diarmuid O?Neill", "Cote d'Ivoire and Diarmuid O'Neill"),
        ("the talks ? the first since 2009 ? failed", "the talks – the first since 2009 – failed"),
        ("border tensions grow; new?tensions are feared", "border tensions grow; new tensions are feared"),
        ("IndiaÃ¢â‚¬â„¢s position", "India’s position"),
        ("RelaciÃ³n bilateral", "Relación bilateral"),
        ("Ben &amp; Jerry&#39;s &quot;peace&quot;", 'Ben & Jerry\'s "peace"'),
        ("a\u00a0b\u2009c\tsoft\u00adware\u200b", "a b c software"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    ],
)
def test_damage_is_mended(damaged: str, whole: str) -> None:
    assert mend(damaged) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Will Russia sell tanks to Pakistan?",
        "Why?Because it can.",
        "Who gains? India does. And who loses?",
        'He asked: "Will they come?" and left.',
        "see https://example.org/view?relationship=1 for more",
        "see example.org/index.php?action and www.example.org?visiting",
        "President Erdo?an met Davuto?lu",
        "Fran?ois Hollande and S?o Paulo",
        "What? No!",
        "War or peace?\nNobody knows.",
        "Is it so?) Perhaps.",
        "AT&T and R&D; Q&A",
        "He paid ?500 million",
        "“Curly quotes” stay — as they are…",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert mend(text) == text
