"""A comment's Markdown becomes HTML that does nothing: a corpus of attempts, and what ordinary text looks like."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from detente.desk.markdown import REL, TAGS, links, plain, render

ATTEMPTS = [
    line.replace("\\n", "\n").replace("\\x20", " ").replace("\\x00", "\0").replace("\\u202E", "\u202e")
    for line in (Path(__file__).parent / "data" / "xss.txt").read_text(encoding="utf-8").splitlines()
]


def harmless(text: str) -> None:
    """Parse what is shown for a text as a browser would, and look at every element of it."""
    tree = html.fromstring(f"<div>{render(text)}</div>")
    for element in tree.iterdescendants():
        assert isinstance(element.tag, str) and element.tag in TAGS, element.tag
        if element.tag == "a":
            assert dict(element.attrib).keys() <= {"href", "rel"} and element.get("rel") == REL
            href = element.get("href")
            assert href is None or href.lower().startswith(("http://", "https://", "mailto:")), href
            assert not {"\n", "\t", " ", "<", ">", '"', "'"} & set(href or "") - {"'"}, href
        else:
            assert not element.attrib, element.attrib


def test_the_corpus_is_large() -> None:
    assert len(set(ATTEMPTS)) >= 150


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("frame", ["{}", "a {} b", "> {}", "* {}", "**{}**", "[{}](https://x.example)", "x\n\n{}\n\ny"])
def test_nothing_that_acts_comes_through(attempt: str, frame: str) -> None:
    harmless(frame.format(attempt) if "{}" not in attempt and "{{" not in attempt else frame.replace("{}", attempt))


@given(st.lists(st.sampled_from(ATTEMPTS), min_size=2, max_size=4), st.sampled_from(["", " ", "\n", "\n\n", "`", "*"]))
def test_nothing_comes_through_by_being_joined(attempts: list[str], between: str) -> None:
    harmless(between.join(attempts))


@given(st.text(alphabet="[]()<>!`*_\\\"'&;:/#jscript alertx.\n\t=-~|1ö", max_size=80))
def test_no_other_text_acts_either(text: str) -> None:
    harmless(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "<p>plain</p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("**bold** *slanted* `code`", "<p><strong>bold</strong> <em>slanted</em> <code>code</code></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("# no heading", "<p># no heading</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("[t](https://x.example/a?b=1&c=2)", f'<p><a href="https://x.example/a?b=1&amp;c=2" rel="{REL}">t</a></p>'),
        (
            "see https://x.example/a_b.",
            f'<p>see <a href="https://x.example/a_b" rel="{REL}">https://x.example/a_b</a>.</p>',
        ),
        ("(http://x.example/é)", f'<p>(<a href="http://x.example/é" rel="{REL}">http://x.example/é</a>)</p>'),
        ("`https://x.example`", "<p><code>https://x.example</code></p>"),
        (
            "[https://x.example](https://y.example)",
            f'<p><a href="https://y.example" rel="{REL}">https://x.example</a></p>',
        ),
    ],
)
def test_ordinary_text(text: str, expected: str) -> None:
    assert render(text).strip() == expected


def test_no_picture_is_loaded_but_its_address_can_be_followed() -> None:
    assert "<img" not in render("![a map](https://x.example/a.png)") and links("![a map](https://x.example/a.png)") == 1


def test_words_for_a_mail() -> None:
    assert plain("**a** < b\nc\n\n\n[d](https://x.example) <script>") == "a < b\n\nc\n\nd <script>"


def test_links_are_counted_as_shown() -> None:
    assert links("https://a.example [b](https://b.example) [c](javascript:x) `https://d.example`") == 2
