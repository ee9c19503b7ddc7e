"""What `actors.scan` reads in a text: whole phrases, names that are none, compounds, people."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from detente.actors import lookup, scan
from detente.types import Mention

ON = date(2018, 5, 1)


def named(text: str, on: date | None = ON) -> list[tuple[str, str]]:
    return [(m.text, m.id) for m in scan(text, on)]


def only(text: str, on: date | None = ON) -> Mention:
    found = scan(text, on)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "phrase", "actor", "sector", "role"),
    [
        ("French President Emmanuel Macron left.", "French President Emmanuel Macron", "FRA", "GOV", "president"),
        ("President Emmanuel Macron of France left.", "President Emmanuel Macron of France", "FRA", "GOV", "president"),
        ("The president of France left.", "president of France", "FRA", "GOV", "president"),
        ("Pakistan's foreign minister left.", "Pakistan's foreign minister", "PAK", "GOV", "foreign minister"),
        ("The government of Sudan fell.", "government of Sudan", "SDN", "GOV", "government"),
        ("Turkish troops crossed the border.", "Turkish troops", "TUR", "MIL", "military"),
        ("An Egyptian court ruled.", "Egyptian court", "EGY", "JUD", "court"),
        ("Syrian rebels advance.", "Syrian rebels", "SYR", "REB", "rebels"),
        ("The Ukrainian MP Oleh Vymyshlenyi spoke.", "Ukrainian MP Oleh Vymyshlenyi", "UKR", "LEG", "legislator"),
        ("The Brazilian parliament votes.", "Brazilian parliament", "BRA", "LEG", "parliament"),
        ("The Polish opposition protests.", "Polish opposition", "POL", "OPP", "opposition"),
        ("President of Zambia Edgar Lungu spoke.", "President of Zambia Edgar Lungu", "ZMB", "GOV", "president"),
        ("A US-led coalition strikes.", "US-led coalition", "USA", "MIL", "coalition"),
        ("The Russian army spokesman spoke.", "Russian army spokesman", "RUS", "GOV", "spokesperson"),
    ],
)
def test_office_and_actor_are_one_mention(text: str, phrase: str, actor: str, sector: str, role: str) -> None:
    mention = only(text)
    assert (mention.text, mention.id, mention.sector, mention.role) == (phrase, actor, sector, role)
    assert text[mention.start : mention.end] == phrase


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan plays.", "Jordan Spieth wins.", "Denzel Washington acts.", "They live in Washington state.",
        "The Washington Post writes.", "Athens, Georgia, is a town.", "Georgia holds a runoff; Brian Kemp wins.",
        "They ate Thanksgiving turkey.", "He wants to polish it.", "It told us nothing.", "A guinea pig squeaks.",
        "Rain in New Mexico.", "Across South America.", "The Niger Delta floods.", "Lebanon, Pennsylvania, votes.",
        "Paris Hilton sings.", "A Russian-built aircraft lands.", "The Chinese restaurant closes.", "The English language changes.",
        "She wins the French Open.", "Ships cross the Indian Ocean.", "MOSCOW (AP) — Snow falls.", "Tacoma, Washington, is wet.",
        "A quake is felt. (BBC News) (AFP via The Times of Israel)", "A quake is felt. (China Daily)", "US$31 billion",
        "Irish Setter wins dog show.", "Chad Smith drums.", "The man from Oregon.",
    ],
)  # fmt: skip
def test_words_that_only_look_like_actors(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Papua New Guinea and Guinea-Bissau", ["PNG", "GNB"]),
        ("Equatorial Guinea, Guinea", ["GNQ", "GIN"]),
        ("Niger and Nigeria", ["NER", "NGA"]),
        ("Dominica and the Dominican Republic", ["DMA", "DOM"]),
        ("the Democratic Republic of the Congo and Congo-Brazzaville", ["COD", "COG"]),
        ("Sudan and South Sudan", ["SDN", "SSD"]),
        ("Georgia and Russia clash near Tbilisi", ["GEO", "RUS", "GEO"]),
        ("North Korea, South Korea and Korea", ["PRK", "KOR", "KOR"]),
        ("US–Iran talks, Sino-Indian talks", ["USA", "IRN", "CHN", "IND"]),
        ("Chad and Jordan agree", ["TCD", "JOR"]),
        ("the U.S. and the UK", ["USA", "GBR"]),
    ],
)
def test_names_inside_names(text: str, expected: list[str]) -> None:
    assert [actor for _, actor in named(text)] == expected


def test_backed_groups_are_not_their_backers() -> None:
    for text in ("Russian-backed fighters advance.", "pro-Iranian militias advance."):
        mention = only(text)
        assert mention.id not in ("RUS", "IRN")
        assert (mention.kind, mention.sector) == ("group", "REB")
    assert only("An anti-American rally.").role == "anti"


def test_flag_of_a_seized_ship() -> None:
    mention = only("A Panamanian-flagged tanker burns.")
    assert (mention.text, mention.id, mention.role) == ("Panamanian-flagged tanker", "PAN", "flag")


def test_envoys_and_where_they_are_sent() -> None:
    found = scan("Jane Roe, former envoy to Moscow and Washington, spoke. Roe left.", ON)
    assert [(m.text, m.role) for m in found if m.kind == "state"] == [("Moscow", "posting"), ("Washington", "posting")]
    people = [m for m in found if m.kind == "person"]
    assert [m.text for m in people] == ["Jane Roe", "Roe"]
    assert all(m.former for m in people)


def test_capital_as_place_and_as_government() -> None:
    assert [m.role for m in scan("Snow falls in Moscow. Moscow rejects the plan.", ON)] == ["place", "capital"]


def test_non_governmental_organisations_are_one_party_with_names() -> None:
    assert only("Human Rights Watch left.").id == "NGO.HRW"
    assert only("Human rights groups protest.").id == "NGO"
    assert only("Israeli human rights groups protest.").id == "ISR"
    assert named("Aid agencies from Germany left Sudan.") == [("Germany", "DEU"), ("Sudan", "SDN")]
    assert scan("It was the foundation of a charity.", ON) == []
    group = lookup("NGO")
    assert group is not None
    assert group.name == "Non-governmental organisations"


def test_people_by_date() -> None:
    assert only("Putin speaks.", date(2010, 1, 1)).role == "prime minister"
    assert only("Putin speaks.", date(2015, 1, 1)).role == "president"
    assert not only("Angela Merkel speaks.", date(2020, 1, 1)).former
    assert only("Angela Merkel speaks.", date(2023, 1, 1)).former
    assert only("Former President Bill Clinton speaks.", date(2009, 8, 1)).former
    assert only("President Bush speaks.", date(2003, 1, 1)).name == "George W. Bush"
    assert only("President Bush speaks.", date(1990, 1, 1)).name == "George H. W. Bush"
    assert only("Jordan's King Abdullah speaks.", date(2010, 1, 1)).id == "JOR"
    assert only("Saudi King Abdullah speaks.", date(2010, 1, 1)).id == "SAU"


def test_surname_after_full_name() -> None:
    found = scan("Iraqi lawmaker Adnan Vymyshleny spoke. Vymyshleny left.", ON)
    assert [(m.text, m.id) for m in found][-1] == ("Vymyshleny", "IRQ")


def test_mentions_are_ordered_and_apart() -> None:
    text = "US President Donald Trump, the Russian foreign minister and NATO met in Helsinki; the two countries agreed."
    found = scan(text, ON)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [m.id for m in found] == ["USA", "RUS", "NATO", "FIN", ""]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "'s", "-led", "U.S.", "(", "US", "of France", "'" * 50, "President " * 40]
)
def test_odd_texts_do_not_break(text: str) -> None:
    for on in (None, ON, date(1, 1, 1), date.max):
        for mention in scan(text, on):
            assert text[mention.start : mention.end] == mention.text


def test_actors_of_annotated_news_are_found(shared: Path) -> None:
    """Both actors of at least 97 % of the annotated pairs are among an item's mentions (docs/actors.md)."""
    found = total = 0
    for line in (shared / "data/gold/current_events_train.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if not item["events"]:
            continue
        mentions = scan(item["text"], date.fromisoformat(item["date"]))
        ids = {m.id for m in mentions} | {m.sector for m in mentions if m.sector == "NGO"}
        entries = [lookup(i) for i in ids]
        ids |= {e.home for e in entries if e is not None and e.kind == "group" and e.home}
        for event in item["events"]:
            left = [i.split(".")[0] for i in event["source"]]
            right = [i.split(".")[0] for i in event["target"]] or left
            for a in left:
                for b in right:
                    if a != b:
                        total += 1
                        found += a in ids and b in ids
    assert total > 8000
    assert found / total >= 0.97


@pytest.mark.parametrize(
    ("text", "phrase", "actor"),
    [
        ("Israel's UN ambassador condemned it.", "Israel's UN ambassador", "ISR"),
        ("The Syrian UN ambassador left.", "Syrian UN ambassador", "SYR"),
        ("Peru's UN envoy left.", "Peru's UN envoy", "PER"),
        ("Britain's U.N. Ambassador Karen Pierce left.", "Britain's U.N. Ambassador Karen Pierce", "GBR"),
        ("Former UN Ambassador John Bolton left.", "UN Ambassador John Bolton", "USA"),
        ("The EU ambassador left.", "EU ambassador", "EU"),
        ("The UN special envoy left.", "UN special envoy", "UN"),
    ],
)
def test_an_ambassador_to_an_organisation_is_his_states(text: str, phrase: str, actor: str) -> None:
    assert (phrase, actor) in named(text)


def test_nobody_knows_whose_ambassador_a_un_ambassador_is() -> None:
    assert named("A UN ambassador left Peru.") == [("UN ambassador", ""), ("Peru", "PER")]
