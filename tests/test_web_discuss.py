"""Comments on the site, as a browser without a script sends them: written, held, moderated, changed, voted, erased."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.desk import Desk, accounts, forms
from detente.web.guard import POLICY
from sites import TODAY, full_entry, make_record

THREAD = "/comments/thread?kind=dyad&key=PAK-RUS"
PASSWORD = "correct horse battery"


@contextmanager
def site_of(folder: Path, **settings: Any) -> Iterator[tuple[Any, Desk]]:
    """A site with a desk; each client is a browser."""
    from litestar.testing import TestClient

    from detente.web import Settings, create_app

    chosen = Settings(
        **({"today": TODAY, "hosts": ("testserver.local",), "check_s": 0.0, "patience_s": 60.0} | settings)
    )
    with Desk.open(folder) as desk, TestClient(create_app(folder, settings=chosen, desk=desk)) as made:
        yield made, desk


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Desk]]:
    from datetime import timedelta

    monkeypatch.setattr(forms, "QUICKEST", timedelta(0))
    folder = make_record(tmp_path / "record", [full_entry("one"), full_entry("two", published=date(2012, 9, 21))])
    with site_of(folder) as (client, desk):
        accounts.add(desk, "ed", PASSWORD, role="editor")
        accounts.add(desk, "reader1", PASSWORD, role="reader")
        yield client, desk


def hidden(text: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form that goes to an address."""
    form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', text, re.S)
    assert form, action
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form.group(0)))


def send(client: Any, path: str, page: str, **fields: str) -> Any:
    """Fill in the form of a page and send it."""
    fields = hidden(client.get(page).text, path) | fields
    return client.post(path, data=fields, follow_redirects=False)


def sign_in(client: Any, name: str = "ed") -> None:
    answer = client.post("/sign-in", data={"name": name, "password": PASSWORD}, follow_redirects=False)
    assert answer.status_code == 303, answer.text


def head(text: str) -> str:
    return re.search(r"<h1>(.*?)</h1>", text, re.S).group(1)  # type: ignore[union-attr]


def test_a_first_comment_is_held_seen_by_its_writer_and_by_a_moderator(site: tuple[Any, Desk]) -> None:
    client, _ = site
    answer = send(client, "/comments/write", THREAD, body="Is *this* so?")
    assert answer.status_code == 303
    assert "said=held" in answer.headers["location"]
    own = client.get(answer.headers["location"]).text
    assert "<em>this</em>" in own
    assert "waits for a moderator" in own
    mine = dict(client.cookies)
    client.cookies.clear()
    assert "Is *this* so" not in client.get(THREAD).text and "<em>this</em>" not in client.get(THREAD).text
    assert client.get("/moderate").status_code == 403
    sign_in(client)
    page = client.get("/moderate").text
    assert "1 comment waits" in head(page)
    number = re.search(r'action="/moderate/(\d+)"', page).group(1)  # type: ignore[union-attr]
    assert (
        client.post(f"/moderate/{number}", data={"what": "approve"}, follow_redirects=False).status_code == 403
    )  # no csrf
    assert send(client, f"/moderate/{number}", "/moderate", what="approve").status_code == 303
    assert "approved" in client.get("/moderate").text
    client.cookies.clear()
    assert "<em>this</em>" in client.get(THREAD).text
    client.cookies.update(mine)
    assert "said=posted" in send(client, "/comments/write", THREAD, body="And so?").headers["location"]
    assert client.get("/comments/counts", params={"of": "dyad:PAK-RUS\nevent:x"}).json() == {
        "dyad:PAK-RUS": 2,
        "event:x": 0,
    }


def test_every_refusal_says_why_and_keeps_the_text(site: tuple[Any, Desk]) -> None:
    client, _ = site
    for fields, words in (
        ({"body": "   "}, "There is no text"),
        ({"body": "Cheap pills", "website": "http://x"}, "hidden from people"),
        ({"body": "x", "token": "made.up"}, "not one of this page"),
        ({"body": "y" * 10_001}, "at most 10,000"),
    ):
        answer = send(client, "/comments/write", THREAD, **fields)
        assert answer.status_code == 422
        assert words in answer.text
        assert fields["body"][:50] in answer.text
    for _ in range(8):
        last = send(client, "/comments/write", THREAD, body="again and again")
    assert last.status_code == 429
    assert "too many comments" in last.text


def test_another_site_cannot_send_our_forms(site: tuple[Any, Desk]) -> None:
    client, _ = site
    fields = hidden(client.get(THREAD).text, "/comments/write") | {"body": "hello"}
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert client.post("/comments/write", data=fields, headers=headers).status_code == 403
    sign_in(client)
    assert client.post("/sign-out", data={}, follow_redirects=False).status_code == 403
    assert client.post("/sign-out", data={"csrf": "wrong"}, follow_redirects=False).status_code == 403


def test_a_comment_can_be_changed_and_taken_back_by_its_browser_alone(site: tuple[Any, Desk]) -> None:
    client, desk = site
    desk.set_rules(trusted_after=0)
    there = send(client, "/comments/write", THREAD, body="frist draft").headers["location"]
    number = there.rsplit("-", 1)[1]
    assert (
        send(client, f"/comments/{number}/change", f"/comments/{number}/edit", body="second draft").status_code == 303
    )
    assert "second draft" in client.get(THREAD).text
    kept = dict(client.cookies)
    client.cookies.clear()
    assert client.get(f"/comments/{number}/edit").status_code == 403
    assert (
        client.post(
            f"/comments/{number}/change", data={"kind": "dyad", "key": "PAK-RUS", "body": "mine now"}
        ).status_code
        == 403
    )
    client.cookies.update(kept)
    send(client, f"/comments/{number}/change", f"/comments/{number}/edit", delete="1", body="x")
    assert "second draft" not in client.get(THREAD).text


def test_votes_reports_and_permalinks(site: tuple[Any, Desk]) -> None:
    client, desk = site
    desk.set_rules(trusted_after=0)
    number = send(client, "/comments/write", THREAD, body="Well said.").headers["location"].rsplit("-", 1)[1]
    assert client.post(f"/comments/{number}/vote", data={"value": "1"}).status_code == 403  # one's own
    client.cookies.clear()
    assert client.post(f"/comments/{number}/vote", data={"value": "1", "part": "1"}).json() == {
        "ups": 1,
        "downs": 0,
        "mine": 1,
    }
    assert client.post(f"/comments/{number}/vote", data={"value": "7"}).status_code == 400
    assert "Well said" in client.get(f"/comments/{number}/report").text
    assert "Thank you" in client.post(f"/comments/{number}/reported", data={"reason": "spam"}).text
    assert client.get(f"/comments/{number}", follow_redirects=False).headers["location"].endswith(f"#c-{number}")
    assert client.get("/comments/999").status_code == 404
    sign_in(client)
    assert "reported as spam" in client.get("/moderate").text


def test_answers_stand_under_what_they_answer(site: tuple[Any, Desk]) -> None:
    client, desk = site
    desk.set_rules(trusted_after=0)
    first = send(client, "/comments/write", THREAD, body="Question").headers["location"].rsplit("-", 1)[1]
    page = f"{THREAD}&answer={first}"
    assert send(client, "/comments/write", page, body="Answer").status_code == 303
    assert re.search(rf'id="c-{first}".*?<ul class="comments">.*?Answer', client.get(THREAD).text, re.S)


def test_signed_in_readers_read_whole_pages_and_others_do_not_get_theirs(site: tuple[Any, Desk]) -> None:
    client, _ = site
    assert "for those who are signed in" in client.get("/d/one").text
    public = client.get("/d/one").headers["etag"]
    sign_in(client, "reader1")
    own = client.get("/d/one")
    assert "for those who are signed in" not in own.text
    assert own.headers["etag"] != public
    client.cookies.clear()
    assert "for those who are signed in" in client.get("/d/one").text
    assert client.get("/d/one", headers={"if-none-match": own.headers["etag"]}).status_code == 200


def test_signing_in_out_and_wrong_passwords(site: tuple[Any, Desk]) -> None:
    client, _ = site
    answer = client.post("/sign-in", data={"name": "ed", "password": "wrong wrong wrong"})
    assert answer.status_code == 403
    assert "The name or the password is wrong" in answer.text
    sign_in(client)
    assert head(client.get("/me").text) == "ed, editor"
    cookie = next(c for c in client.cookies.jar if c.name == "detente_session")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert send(client, "/sign-out", "/me").status_code == 303
    client.cookies.set("detente_session", cookie.value or "")
    assert head(client.get("/me").text) == "You are not signed in"
    back = client.post(
        "/sign-in", data={"name": "ed", "password": PASSWORD, "back": "//evil.example"}, follow_redirects=False
    )
    assert back.headers["location"] == "/me?said=in"
    for _ in range(12):
        last = client.post("/sign-in", data={"name": "ed", "password": "wrong wrong wrong"})
    assert "tried too often" in last.text


def test_what_is_mine_can_be_taken_along_and_erased(site: tuple[Any, Desk]) -> None:
    client, desk = site
    desk.set_rules(trusted_after=0)
    send(client, "/comments/write", THREAD, body="Remember me")
    mine = json.loads(client.get("/me/export.json").text)
    assert [c["body"] for c in mine["comments"]] == ["Remember me"]
    assert client.post("/me/erase", data={}).status_code == 400
    assert "Erased: 1 comment" in client.post("/me/erase", data={"sure": "yes"}).text
    assert "Remember me" not in client.get(THREAD).text


def test_mail_is_confirmed_by_a_button_and_ended_by_one_click(site: tuple[Any, Desk]) -> None:
    from detente.desk.tables import Mail

    client, desk = site
    desk.set_rules(trusted_after=0, site="https://relations.example.org")
    assert "We have sent a mail" in send(client, "/comments/subscribe", THREAD, email="ann@example.org").text
    with desk.reading() as session:
        body = session.query(Mail).one().body
    token = re.search(r"confirm\?token=(\S+)", body).group(1)  # type: ignore[union-attr]
    assert "Yes, send me mail" in client.get(f"/comments/confirm?token={token}").text
    assert "Confirmed" in client.post("/comments/confirm", data={"token": token}).text
    client.cookies.clear()
    send(client, "/comments/write", THREAD, body="News")
    with desk.reading() as session:
        mail = session.query(Mail).order_by(Mail.id.desc()).first()
        link = mail.unsubscribe if mail else ""
    assert link.startswith("https://relations.example.org/comments/unsubscribe?token=")
    assert (
        "no more mail"
        in client.post(link.removeprefix("https://relations.example.org"), data={"List-Unsubscribe": "One-Click"}).text
    )


def test_hostile_comments_stay_text(site: tuple[Any, Desk]) -> None:
    client, desk = site
    desk.set_rules(trusted_after=0, per_prefix_minute=50)
    bad = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<svg/onload=alert(1)>",
        '"><b onmouseover=1>',
    ]
    for body in bad:
        assert send(client, "/comments/write", THREAD, body=f"hello {body}").status_code == 303
    sign_in(client)
    for path in (
        THREAD,
        "/comments/feed.atom",
        "/moderate",
        THREAD + "&title=<script>alert(1)</script>",
        "/comments/thread?kind=page&key=javascript:alert(1)",
    ):
        text = client.get(path).text
        assert "<script>alert" not in text and "<img" not in text and "<svg/" not in text, path
        assert 'href="javascript:' not in text, path
        assert not re.search(r"<[^>]*\son\w+=", text), path


def test_pages_offer_discussion_and_only_the_embed_may_be_framed(site: tuple[Any, Desk]) -> None:
    client, _ = site
    for path in ("/PAK/RUS", "/d/one", "/brief/PAK/RUS"):
        assert "data-discuss" in client.get(path).text, path
        assert client.get(path).headers["content-security-policy"] == POLICY
    framed = client.get("/comments/embed?key=https://news.example/a")
    assert framed.status_code == 200
    assert "frame-ancestors *" in framed.headers["content-security-policy"]
    assert "unsafe" not in framed.headers["content-security-policy"]
    script = client.get("/comments/embed.js")
    assert len(script.content) < 30_000
    assert script.headers["content-type"].startswith("text/javascript")
    assert client.get(THREAD).headers["cache-control"] == "no-store"


def test_alone_at_the_machine_nobody_signs_in(tmp_path: Path) -> None:
    folder = make_record(tmp_path / "record", [full_entry("one")])
    with site_of(folder, full_text=True) as (client, desk):
        assert head(client.get("/me").text) == "owner, admin"
        assert client.get("/moderate").status_code == 200
        assert client.get("/moderate", headers={"x-forwarded-for": "203.0.113.7"}).status_code == 403
        accounts.add(desk, "somebody", PASSWORD, role="admin")
        assert head(client.get("/me").text) == "You are not signed in"


def test_without_a_desk_there_is_nothing_of_it(tmp_path: Path) -> None:
    from sites import client as plain

    with plain(make_record(tmp_path / "record", [full_entry("one")])) as site:
        assert site.get(THREAD).status_code == 404
        assert "data-discuss" not in site.get("/PAK/RUS").text


def test_a_correction_goes_from_a_reader_to_the_record_and_back_on_the_page(site: tuple[Any, Desk]) -> None:
    client, desk = site
    accounts.add(desk, "ann", PASSWORD, role="commenter")
    path = re.search(r'href="(/e/[^"]+)"', client.get("/PAK/RUS").text).group(1)  # type: ignore[union-attr]
    event = path.removeprefix("/e/")
    page = f"/corrections?event={event}"
    assert page.replace(":", "%3A") in client.get(path).text
    assert "Sign in" in client.get(page).text
    sign_in(client, "ann")
    sent = send(client, "/corrections/propose", page, kind="type", value_type="ACCUSE", note="<b>they</b> quarrelled")
    assert "waits for an editor" in sent.text
    assert "already" in send(client, "/corrections/propose", page, kind="type", value_type="ACCUSE").text
    assert client.get("/moderate/corrections").status_code == 403
    client.cookies.clear()
    sign_in(client)
    waiting = client.get("/moderate/corrections").text
    assert "1 correction waits" in head(waiting)
    assert "<b>they" not in waiting
    assert send(client, "/moderate/corrections/1", "/moderate/corrections", what="accept").status_code == 303
    client.cookies.clear()
    shown = client.get(path).text
    assert "Corrected" in shown and "ACCUSE" in shown and "accepted by ed" in shown
    assert "CONSULT" in shown
    for listed in ("/PAK/RUS", "/search?q=RUS", "/d/one", "/d/two"):
        told = client.get(listed).text
        if event in told:
            assert "corrected: type ACCUSE" in told, listed
    assert "corrected: type ACCUSE" in client.get("/PAK/RUS").text
    assert "corrected" not in client.get("/PAK/RUS?as_of=2012-09-25").text


def test_a_frame_elsewhere_knows_who_wrote_in_it_and_nobody_is_signed_in_there(site: tuple[Any, Desk]) -> None:
    client, _ = site
    client.base_url = "https://testserver.local"
    given = client.get("/comments/embed?key=https://news.example/a").text
    fields = hidden(given, "/comments/write") | {"body": "From afar", "part": "1"}
    answer = client.post("/comments/write", data=fields)
    told = answer.headers.get_list("set-cookie")
    twins = [line for line in told if "-framed=" in line]
    assert len(twins) * 2 == len(told) > 2
    for line in twins:
        assert {"Secure", "HttpOnly", "SameSite=none", "Partitioned", "Path=/comments"} <= set(line.split("; "))
    kept = "; ".join(line.split(";")[0] for line in twins)
    client.cookies.clear()
    again = client.get("/comments/embed?key=https://news.example/a", headers={"cookie": kept}).text
    assert "From afar" in again and "waits for a moderator" in again
    sign_in(client)
    session = client.cookies["detente_session"]
    client.cookies.clear()
    assert client.get("/moderate", headers={"cookie": f"detente_session={session}"}).status_code == 200
    assert client.get("/moderate", headers={"cookie": f"detente_session-framed={session}"}).status_code == 403


def test_without_https_no_cookie_is_meant_for_frames(site: tuple[Any, Desk]) -> None:
    client, _ = site
    answer = send(client, "/comments/write", THREAD, body="Here")
    assert not any("-framed" in line for line in answer.headers.get_list("set-cookie"))
