"""Cleaning: a raw item becomes a document with its text whole, its furniture gone and its encoding mended."""

from datetime import date
from pathlib import Path

import pytest

from detente.ingest import canonical, clean
from detente.types import Document, Raw, Skip

SENTENCE = "The president of Russia will visit Pakistan next week, officials in Moscow said. "


def cleaned(body: str | bytes, **fields: object) -> Document:
    found = clean(Raw(origin="test", body=body, **fields))  # type: ignore[arg-type]
    assert isinstance(found, Document), found
    return found


def skipped(body: str | bytes, **fields: object) -> str:
    found = clean(Raw(origin="test", body=body, **fields))  # type: ignore[arg-type]
    assert isinstance(found, Skip), found
    assert found.detail
    assert "\n" not in found.detail
    return found.reason


PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Putin to visit Islamabad | The Daily</title>
<meta property="og:site_name" content="The Daily"><meta name="author" content="By Asma Khan">
<meta property="article:published_time" content="2012-09-17T08:00:00+05:00">
<link rel="stylesheet" href="x.css"><script>var menu = "Follow us";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Putin to visit Islamabad</h1><p>{SENTENCE * 3}</p><p>He last met his counterpart in Dushanbe in 2011,
at the margins of a regional summit. {SENTENCE}</p><p>Share this</p><p>{SENTENCE * 2}</p></article>
<div id="comments"><h3>Comments</h3><p>First! What a nonsense, Russia will never come to Pakistan, believe me.</p></div>
<footer>© 2012 The Daily. All rights reserved.</footer></body></html>"""


def test_a_page_gives_its_text_and_what_it_says_of_itself() -> None:
    document = cleaned(PAGE, kind="html", url="https://www.daily.example/a?utm_source=x#top")
    assert document.title == "Putin to visit Islamabad"
    assert document.published == date(2012, 9, 17)
    assert (document.source, document.author, document.language) == ("The Daily", "Asma Khan", "en")
    assert document.url == "https://www.daily.example/a"
    assert "in Dushanbe in 2011, at the margins" in document.text
    for furniture in ("World", "Share this", "First!", "rights reserved", "menu", "Putin to visit Islamabad"):
        assert furniture not in document.text


def test_what_the_archive_states_goes_first() -> None:
    document = cleaned(
        PAGE, kind="html", title="Other &amp; better", published=date(2012, 9, 18), source="Wire", id="n1"
    )
    assert (document.id, document.title, document.source) == ("n1", "Other & better", "Wire")
    assert document.published == date(2012, 9, 18)


def test_the_reference_article(shared: Path) -> None:
    article = shared / "articles" / "russia-pakistan-2012.txt"
    document = cleaned(article.read_bytes(), published=date(2012, 9, 17))
    assert document.title == article.read_text().split("\n", maxsplit=1)[0]
    assert document.text.startswith("Russia, India's strongest international partner")
    assert document.text.endswith("the Putin visit will be invaluable.")
    assert "Indo-Russian relationship." in document.text
    for furniture in ("Comment", "Disqus", "system"):
        assert furniture not in document.text
    assert document.text.count("\n\n") == 9


def test_every_news_item_keeps_its_words_and_is_english(shared: Path) -> None:
    import pyarrow.parquet as pq

    rows = pq.read_table(shared / "data" / "corpus" / "current_events_2002_2026.parquet").to_pylist()[::101]
    documents = [cleaned(row["text"], id=row["id"]) for row in rows]
    assert sum(document.language == "en" for document in documents) >= 0.995 * len(documents)
    changed = [
        row["text"]
        for row, document in zip(rows, documents, strict=True)
        if "".join(document.text.split()) != "".join(row["text"].split())
    ]
    assert len(changed) <= 0.002 * len(rows), changed


def test_no_date_means_none() -> None:
    assert cleaned(SENTENCE).published is None
    assert cleaned(f"<html><body><p>{SENTENCE * 4}</p></body></html>", kind="html").published is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"ISLAMABAD, Sept 17, 2012 (Wire) - {SENTENCE}", date(2012, 9, 17)),
        (f"ISLAMABAD, Sept 17 (Wire) - {SENTENCE}", None),
        (f"A visit is planned\n\nMonday, 17 September 2012\n\n{SENTENCE}", date(2012, 9, 17)),
        (f"A visit is planned\n\nPublished: 2012-09-17 14:05\nBy Asma Khan\n\n{SENTENCE}", date(2012, 9, 17)),
        (f"A visit on 17 September 2012 is planned\n\n{SENTENCE}", None),
    ],
)
def test_the_day_of_a_plain_text(text: str, day: date | None) -> None:
    document = cleaned(text)
    assert document.published == day
    assert document.text.endswith(SENTENCE.strip())
    assert "Published" not in document.text


def test_author_line() -> None:
    document = cleaned(f"A visit is planned\n\nBy Asma Khan\n\n{SENTENCE}\n\n{SENTENCE}")
    assert document.author == "Asma Khan"
    assert document.text == f"{SENTENCE.strip()}\n\n{SENTENCE.strip()}"


def test_a_first_sentence_is_no_title() -> None:
    document = cleaned(f"Russia and Pakistan signed a treaty.\n\n{SENTENCE}")
    assert document.title is None
    assert document.text.startswith("Russia and Pakistan")


def test_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    text = (
        "The president of Russia will visit Pakistan next week, the foreign\n"
        "ministry in Moscow said on Monday, and will meet his counterpart in\n"
        "Islamabad. It will be the first visit of a Russian president.\n"
        "\n"
        "Pakistan welcomed the news."
    )
    first, second = cleaned(text).text.split("\n\n")
    assert first == text.partition("\n\n")[0].replace("\n", " ")
    assert second == "Pakistan welcomed the news."


def test_furniture_goes_and_sentences_about_it_stay() -> None:
    menu = "Home\nWorld\nPolitics\nSport\nOpinion\n"
    tail = "\nPost a Comment\n\nDisqus Shortname\n\nComments system\n\nFollow us on Twitter\n\n12 Comments\n\nTags: Russia, Pakistan"
    body = (
        f"{SENTENCE}\n\nAdvertisement\n\nThe minister said he would follow us on every step and read more about it.\n"
    )
    document = cleaned(f"{menu}\n{body}{tail}")
    assert (
        document.text
        == f"{SENTENCE.strip()}\n\nThe minister said he would follow us on every step and read more about it."
    )


def test_only_furniture_is_no_text() -> None:
    assert skipped("Advertisement\n\nShare this\n\nPost a Comment") == "no-text"


@pytest.mark.parametrize(
    "body",
    [
        "Erdoğan a reçu le président à Ankara.".encode(),
        b"\xef\xbb\xbf" + "Erdoğan a reçu le président à Ankara.".encode(),
        "Erdoğan a reçu le président à Ankara.".encode("utf-16"),
        "Erdoğan a reçu le président à Ankara.".encode("utf-16-le"),
        "Erdoğan a reçu le président à Ankara.".encode("cp1254"),
    ],
)
def test_encodings(body: bytes) -> None:
    assert cleaned(body, encoding="iso-8859-9").text == "Erdoğan a reçu le président à Ankara."


def test_a_wrong_declaration_does_no_harm() -> None:
    assert "India’s" in cleaned("India’s border — a question".encode(), encoding="latin-1").text
    assert "India’s" in cleaned("India’s border is a question".encode("cp1252"), encoding="utf-8").text
    assert "India" in cleaned(b"India's border is a question", encoding="no-such-encoding").text
    russian = "Президент России прибыл в Исламабад с официальным визитом, сообщили в Кремле. " * 5
    document = cleaned(russian.encode("cp1251"), encoding="utf-8")
    assert (document.text[:9], document.language) == ("Президент", "ru")


def test_bad_input_has_a_clear_outcome() -> None:
    assert skipped(b"") == "empty"
    assert skipped("\ufeff \n\t") == "empty"
    assert skipped(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 50) == "binary"
    assert skipped(bytes(range(256)) * 20) == "binary"
    assert skipped("<html><body><script>x()</script></body></html>", kind="html") == "no-text"


def test_ten_thousand_levels_of_html() -> None:
    document = cleaned("<html><body>" + "<div>" * 10_000 + f"<p>{SENTENCE * 5}</p>" + "</div>" * 10_000, kind="html")
    assert document.text == (SENTENCE * 5).strip()


@pytest.mark.parametrize("junk", ["<script>", "<!--", "<nav>", "<a ", "<p><b>", "&#x0;", "</"])
def test_endless_markup(junk: str) -> None:
    found = clean(Raw(origin="test", kind="html", body=f"<html><body><p>{SENTENCE * 5}</p>" + junk * 300_000))
    assert isinstance(found, Document | Skip)
    if isinstance(found, Document):
        assert SENTENCE.strip() in found.text


def test_a_large_page_without_end() -> None:
    document = cleaned("<html><body>" + f"<p>{SENTENCE}</p>" * 100_000 + "</body></html>", kind="html")
    assert document.text.count("Pakistan") == 100_000


def test_a_sentence_of_fifty_thousand_characters() -> None:
    sentence = "Russia said that " + "Pakistan agreed that " * 2500 + "talks go on."
    assert cleaned(sentence).text == sentence


def test_ids_are_stable_and_follow_the_address() -> None:
    first = cleaned(SENTENCE, url="HTTP://Daily.example:80/a?b=1&utm_medium=rss#x")
    again = cleaned("Another version of it is here.", url="http://daily.example/a?b=1")
    assert first.id == again.id == "71a67ea39dd46294"
    assert cleaned(SENTENCE).id == cleaned(f"  {SENTENCE}\r\n").id
    assert len(cleaned(SENTENCE).id) == 16


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example:443", "https://a.example/"),
        ("https://a.example/x?q=%C3%A9&b=", "https://a.example/x?q=%C3%A9&b="),
        ("https://a.example/x?fbclid=1&q=a+b", "https://a.example/x?q=a+b"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("../relative/path", "../relative/path"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_canonical_addresses(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russia and Pakistan hold talks.", "en"),
        ("Israeli–Palestinian conflict", "en"),
        ("Trollhättan school attack", "en"),
        ("Le président de la République a reçu hier son homologue russe à Paris, selon l'Élysée.", "fr"),
        (
            "Der russische Präsident reist nächste Woche nach Pakistan, sagte ein Sprecher der Regierung in Moskau.",
            "de",
        ),
        ("El presidente de Rusia visitará Pakistán la próxima semana, según dijeron funcionarios en Moscú.", "es"),
        ("俄罗斯总统将于下周访问巴基斯坦。", "zh"),
        ("Президент России посетит Пакистан на следующей неделе.", "ru"),
        ("1234 5678", "und"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert cleaned(text).language == language
