"""HTML of imported comments: the words stay, the marks become Markdown, nothing hostile gets through."""

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from detente.desk.importing import markup

RENDER = MarkdownIt("commonmark", {"html": False})
HAIRY = st.text(st.sampled_from(list("ab1 .)(*_`[]<>&#-+=|~!\\:\"'\n")) | st.characters(codec="utf-8"), max_size=40)
WORDS = st.text(st.sampled_from(list('ab."(*_!~`é 1-')), min_size=1, max_size=6)


def shown(markdown: str) -> str:
    """The words a reader sees, white space as one blank."""
    page = RENDER.render(markdown)
    return " ".join(lxml_html.fromstring(f"<div>{page}</div>").text_content().split()) if page else ""


def plain(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "", text).split())


@given(HAIRY)
def test_plain_text_is_shown_as_it_was_written(text: str) -> None:
    assert shown(markup.text(text)) == plain(text)


@given(HAIRY)
def test_escaped_text_in_a_paragraph_is_shown_as_it_was_written(text: str) -> None:
    assert shown(markup.markdown(f"<p>{escape(text)}</p>")) == plain(text)


@st.composite
def _nested(draw: st.DrawFn, depth: int = 3) -> tuple[str, str]:
    """HTML, and the words in it."""
    if not depth or draw(st.booleans()):
        words = draw(WORDS)
        return escape(words), words
    parts = draw(st.lists(_nested(depth - 1), min_size=1, max_size=3))
    inner, words = "".join(p[0] for p in parts), "".join(p[1] for p in parts)
    tag = draw(st.sampled_from(["b", "i", "strong", "em", "u", "span", 'a href="https://example.org/x_y"', "a"]))
    return f"<{tag}>{inner}</{tag.split()[0]}>", words


@settings(max_examples=400)
@given(st.lists(_nested(), max_size=4))
def test_marks_never_leave_stray_stars_nor_eat_words(parts: list[tuple[str, str]]) -> None:
    html, words = "".join(p[0] for p in parts), "".join(p[1] for p in parts)
    assert shown(markup.markdown(f"<p>{html}</p>")).replace("https://example.org/x_y", "") in {
        plain(words),
        plain(words).replace("https://example.org/x_y", ""),
    }


@given(st.lists(st.sampled_from([*"<>/abpi \"'=&;!-\n", "<b>", "</p>", "<li>", "<pre>", "<!--", "<code>", "<a href="])))
def test_no_soup_raises(soup: list[str]) -> None:
    assert isinstance(markup.markdown("".join(soup)), str)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two", "one\\\ntwo"),
        ("<p>a <b> bold </b>word</p>", "a **bold** word"),
        ("<p>a <em>slanted</em> word</p>", "a *slanted* word"),
        ("<p><code>x*y</code></p>", "`x*y`"),
        ("<blockquote><p>said</p></blockquote><p>answer</p>", "> said\n\nanswer"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n\n2. b"),
        ("<pre>x\n  y</pre>", "```\nx\n  y\n```"),
        ('<a href="https://example.org/a">here</a>', "[here](<https://example.org/a>)"),
        ('<a href="mailto:a@example.org">mail</a>', "[mail](<mailto:a@example.org>)"),
        ("first line\nsecond line\n\nnew paragraph", "first line\\\nsecond line\n\nnew paragraph"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<b>a<br></b>", "**a**"),
        ("a<br><br>b<br>", "a\\\n\\\nb"),
        ("", ""),
    ],
)
def test_marks_become_markdown(html: str, expected: str) -> None:
    assert markup.markdown(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="java\nscript:alert(1)">x</a>',
        '<a href=" &#106;avascript:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<a href="https://example.org/&quot; onclick=&quot;alert(1)">x</a>',
        '<a href="https://example.org/>)[x](javascript:alert(1)">x</a>',
        "<svg onload=alert(1)>",
        "<iframe src=https://example.org></iframe>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[x](javascript:alert(1))",
        "<style>p{}</style>",
        "<scr<script>ipt>alert(1)</script>",
    ],
)
def test_hostile_html_is_text(html: str) -> None:
    page = RENDER.render(markup.markdown(html))
    tree = lxml_html.fromstring(f"<div>{page}</div>")
    assert {e.tag for e in tree.iter()} <= {"div", "p", "a", "br"}
    for link in tree.iter("a"):
        assert set(link.attrib) == {"href"}
        assert link.get("href").startswith("https://example.org/")


def test_the_click_counter_of_disqus_is_taken_off() -> None:
    counted = "http://disq.us/url?url=https%3A%2F%2Fexample.com%2Fa%3Fb%3D1%3AAbCdEfGhIjKlMnOpQrStUvWxYz0&amp;cuid=12"
    assert markup.markdown(f'<p><a href="{counted}">here</a></p>') == "[here](<https://example.com/a?b=1>)"


@pytest.mark.parametrize("html", ["<b>" * 60_000 + "deep", "<blockquote>" * 9_000 + "deep", "<ul><li>" * 200 + "deep"])
def test_words_survive_any_depth(html: str) -> None:
    assert "deep" in shown(markup.markdown(html))


def test_a_message_too_long_is_cut() -> None:
    assert len(markup.markdown("word " * 100_000)) <= markup.LONGEST
