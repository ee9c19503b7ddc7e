"""Charts that come alive: specifications that Vega-Lite takes, and Vega itself from the wheel, under a name that can be kept."""

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
import vl_convert

from detente.types import Relation, Turn
from detente.web.live import bundle, bundle_address, level_spec
from detente.web.svg.level import Act, Line
from sites import HOSTILE, client, full_entry, make_record

BEGIN = date(2010, 1, 1)


def series(levels: list[float | None]) -> list[Relation]:
    months = [date(2010 + n // 12, n % 12 + 1, 1) for n in range(len(levels))]
    return [
        Relation(a="RUS", b="PAK", period=month, level=v, low=None if v is None else v - 1, high=None if v is None else v + 1, effective_n=5.0)
        for month, v in zip(months, levels, strict=True)
    ]  # fmt: skip


def acts(count: int, each: int = 1, label: str = "an act") -> list[Act]:
    return [
        Act(BEGIN + timedelta(9 * n), 1 if n % 3 else -1, label, f"/RUS/PAK?on={n}#events", each) for n in range(count)
    ]


def drawn(spec: dict) -> str:
    """The SVG that Vega draws of a specification, colours put in as the page's script does."""
    text = msgspec.json.encode(spec).decode()
    for name in ("ink", "faint", "rule", "coop", "conf", "link", "sheet", "other1", "other2", "other3"):
        text = text.replace(f"var(--{name})", "#123456")
    assert "var(" not in text
    made = msgspec.json.decode(text)
    for view in (*made["vconcat"][0]["vconcat"], made["vconcat"][1]):
        view["width"] = 600
    return vl_convert.vegalite_to_svg(made)


TURN = Turn(
    a="PAK",
    b="RUS",
    month=date(2010, 9, 1),
    direction="warm",
    score=4.0,
    alarm_date=date(2010, 9, 9),
    confirmed=True,
    events=[],
)


@pytest.mark.parametrize("held", [[], acts(12), acts(40, 7)], ids=["no acts", "few acts", "many acts"])
@pytest.mark.parametrize("compared", [0, 3])
def test_vega_draws_the_level_with_all_that_goes_with_it(held: list[Act], compared: int) -> None:
    levels = [None, 1.0, None, *(n / 10 for n in range(20)), None, -0.5, None]
    others = [Line(name=f"RUS – X{n}", series=series([0.2] * 30)) for n in range(compared)]
    picture = drawn(level_spec("RUS – PAK", series(levels), [TURN], held, others))
    assert "warmed Sep 2010" in picture
    assert "10 to 1 cooperation" in picture
    assert ("cooperation above, conflict below" in picture) is bool(held)
    assert all(f"RUS – X{n}" in picture for n in range(compared))


def test_a_pair_of_which_too_little_is_known_can_be_drawn() -> None:
    assert "<svg" in drawn(level_spec("A – B", series([None, None]), [], acts(1)))
    assert "<svg" in drawn(level_spec("A – B", series([0.3]), []))


def test_hostile_words_stay_words() -> None:
    text = HOSTILE
    spec = level_spec(
        text, series([0.1, 0.2, 0.3]), [], acts(3, label=text), [Line(name=text, series=series([0.1] * 3))]
    )
    assert msgspec.json.decode(msgspec.json.encode(spec)) == spec
    strip = spec["vconcat"][0]["vconcat"][1]["layer"][1]
    assert strip["data"]["values"][0]["words"] == text  # a value, which nobody interprets


def test_vega_comes_from_the_site_itself_and_can_be_kept(tmp_path: Path) -> None:
    with client(make_record(tmp_path, [full_entry("one"), full_entry("two", published=date(2012, 8, 2))])) as site:
        page = site.get("/RUS/PAK")
        assert f'data-bundle="{bundle_address()}"' in page.text
        answer = site.get(bundle_address())
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert "detenteEmbed" in answer.text
        assert len(answer.content) < 1_000_000
        assert site.get("/static/vega.0000000000.js").status_code == 404
        spec = site.get("/RUS/PAK/level.vl.json?since=2010-01-01").json()
        assert spec["vconcat"][0]["vconcat"][0]["data"]["values"]
        hrefs = [row["to"] for row in spec["vconcat"][0]["vconcat"][1]["layer"][1]["data"]["values"]]
        assert all(href.startswith("/RUS/PAK?") for href in hrefs)


def test_another_name_is_not_the_bundle() -> None:
    assert bundle("site.js") is None
