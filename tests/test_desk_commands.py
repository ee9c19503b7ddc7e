"""The commands `user` and `comments`: what they print, what they change, and that a fault is one line."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from archives import comment, item, wxr
from command import Ran
from command import run as run_command
from desks import NOON, held_by, said, say, visitor
from detente.desk import Desk, accounts, sessions
from detente.desk.posting import Held

PASSWORD = "correct horse battery"


class Site:
    """The command line over a record's folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._capsys, self._patch = folder / "record", capsys, monkeypatch

    def run(self, *words: object, stdin: str = "") -> Ran:
        self._patch.setattr(sys, "stdin", io.StringIO(stdin))
        return run_command(self._capsys, "--record", self.folder, *words)

    def json(self, *words: object) -> object:
        done = self.run(*words, "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    def desk(self) -> Desk:
        return Desk.open(self.folder)


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.delenv("DETENTE_DESK", raising=False)
    return Site(tmp_path, capsys, monkeypatch)


@pytest.fixture
def waiting(site: Site) -> int:
    with site.desk() as desk:
        done = say(desk, "Is it **so**?")
    assert isinstance(done, Held)
    return done.comment


def fails(done: Ran, *words: str) -> None:
    assert done.code == 1 and done.err.startswith("detente: ") and done.err.count("\n") == 1, done
    assert [word for word in words if word not in done.err] == []


def test_the_first_administrator_is_made_through_a_pipe(site: Site) -> None:
    assert (
        site.run("user", "add", "anna", "--role", "admin", stdin=PASSWORD + "\n").err == "anna can sign in as admin\n"
    )
    with site.desk() as desk:
        token = sessions.sign_in(desk, "anna", PASSWORD, address="127.0.0.1", now=NOON)
        assert sessions.person_of(desk, token, now=NOON)
    found = site.json("user", "list")
    assert isinstance(found, list) and (found[0]["name"], found[0]["role"]) == ("anna", "admin")
    assert "anna" in site.run("user", "list").out


def test_a_password_comes_from_a_file(site: Site, tmp_path: Path) -> None:
    (tmp_path / "p").write_text(PASSWORD + "\nmore", encoding="utf-8")
    assert site.run("user", "add", "anna", "--password-file", tmp_path / "p").code == 0
    with site.desk() as desk:
        assert sessions.sign_in(desk, "anna", PASSWORD, address=None)
    fails(site.run("user", "add", "ben", "--password-file", tmp_path / "none"), "none")


def test_faults_of_user_are_one_line_and_change_nothing(site: Site) -> None:
    fails(site.run("user", "list"), "no desk here yet")
    fails(site.run("user", "add", "anna", stdin=""), "no password came")
    fails(site.run("user", "add", "two words", stdin=PASSWORD), "two words")
    assert not site.folder.exists()
    site.run("user", "add", "anna", "--role", "admin", stdin=PASSWORD)
    fails(site.run("user", "add", "anna", stdin=PASSWORD), "taken")
    fails(site.run("user", "add", "ben", "--role", "king", stdin=PASSWORD), "reader, commenter, editor, admin")
    fails(site.run("user", "add", "ben", "--email", "nowhere", stdin=PASSWORD), "nowhere")
    fails(site.run("user", "role", "ben", "editor"), "no account 'ben'")
    fails(site.run("user", "remove", "anna"), "only administrator")
    assert len(site.json("user", "list")) == 1  # type: ignore[arg-type]


def test_roles_passwords_and_removal(site: Site) -> None:
    for name, role in (("anna", "admin"), ("ben", "commenter")):
        site.run("user", "add", name, "--role", role, stdin=PASSWORD)
    assert site.run("user", "role", "ben", "editor").err == "ben is editor now\n"
    assert site.run("user", "password", "ben", stdin="another good password").code == 0
    assert site.run("user", "remove", "ben", "--erase").err == "ben is removed, and 0 comments of theirs\n"
    with site.desk() as desk:
        assert [a.name for a in accounts.everyone(desk)] == ["anna"]


def test_the_queue_and_what_is_decided(site: Site, waiting: int) -> None:
    shown = site.run("comments", "queue").out
    assert f"{waiting}  2026-05-01 12:00" in shown and "| Is it **so**?" in shown and "dyad:PAK-RUS" in shown
    assert site.json("comments", "queue")[0]["id"] == waiting  # type: ignore[index]
    assert site.run("comments", "approve", waiting).err == f"comment {waiting} is shown\n"
    assert site.run("comments", "queue").out == "nothing waits\n"
    for words, state in ((["reject", waiting, "--reason", "no"], "rejected"), (["spam", waiting], "spam")):
        assert site.run("comments", *words).code == 0
        with site.desk() as desk:
            assert held_by(desk, waiting).state == state
    assert site.run("comments", "remove", waiting, "--reason", "law").code == 0
    actions = [e["action"] for e in site.json("comments", "audit", "--subject", f"comment:{waiting}")]  # type: ignore[attr-defined]
    assert actions == ["removed for good", "marked as spam", "rejected", "approved"]
    assert "removed for good" in site.run("comments", "audit").out


def test_faults_of_comments_are_one_line(site: Site, waiting: int) -> None:
    fails(site.run("comments", "approve", 99), "no comment 99")
    fails(site.run("comments", "reject", waiting), "reason")
    fails(site.run("comments", "pin", waiting), "cannot be pinned")
    fails(site.run("comments", "lock", "planet:x"), "kinds are")
    fails(site.run("comments", "ban", "--reason", "x"), "--comment, --account and --network")
    fails(site.run("comments", "ban", "--comment", waiting), "reason")
    fails(site.run("comments", "rules", "trusted_after=often"), "trusted_after")
    fails(site.run("comments", "rules", "nothing"), "nothing")


def test_locks_bans_and_words(site: Site, waiting: int) -> None:
    assert site.run("comments", "lock", "dyad:PAK-RUS").code == 0
    assert site.run("comments", "lock", "dyad:PAK-RUS", "--undo").err == "dyad:PAK-RUS is open again\n"
    assert "ban 1" in site.run("comments", "ban", "--comment", waiting, "--reason", "insults", "--days", 7).err
    assert site.json("comments", "bans")[0]["reason"] == "insults"  # type: ignore[index]
    assert "insults" in site.run("comments", "bans").out
    assert site.run("comments", "unban", 1).code == 0 and "nobody" in site.run("comments", "bans").out
    site.run("comments", "mute", "casino", "cheap pills")
    assert site.run("comments", "mute").out == "casino\ncheap pills\n"
    site.run("comments", "mute", "casino", "--undo")
    assert site.json("comments", "mute") == ["cheap pills"]


def test_rules_are_shown_and_changed(site: Site) -> None:
    site.run("comments", "rules", "trusted_after=2", "site=https://news.example", "anonymous=false")
    found = site.json("comments", "rules")
    assert isinstance(found, dict)
    assert (found["trusted_after"], found["site"], found["anonymous"]) == (2, "https://news.example", False)
    assert "anonymous         false\n" in site.run("comments", "rules").out


def test_an_archive_goes_in_and_comes_out_of_the_desk(site: Site, tmp_path: Path) -> None:
    blog = wxr(tmp_path / "blog.xml", item(comment(1), comment(2, 1, approved="0")))
    tried = site.run("comments", "import", blog, "--format", "wxr", "--dry-run")
    assert tried.code == 0 and "comments: 2 would be new" in tried.err and not site.folder.exists()
    assert "comments: 2 new" in site.run("comments", "import", blog, "--format", "wxr").err
    assert "2 already there" in site.run("comments", "import", blog, "--format", "wxr").err
    assert site.json("comments", "queue")[0]["author"] == "Ann"  # type: ignore[index]
    assert site.run("comments", "export", tmp_path / "out.jsonl").code == 0
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").count("\n") == 4
    assert '"author": "Ann"' in site.run("comments", "person", "ann@example.org").out
    assert "2 comments" in site.run("comments", "person", "ann@example.org", "--erase").err
    site.folder = tmp_path / "elsewhere"
    fails(site.run("comments", "export", tmp_path / "none.jsonl"), "no desk here yet")


def test_mail_needs_a_server_and_says_what_it_did(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with site.desk() as desk:
        said(desk, who=visitor(3))
    monkeypatch.delenv("DETENTE_SMTP_HOST", raising=False)
    fails(site.run("comments", "deliver"), "DETENTE_SMTP_HOST")
    monkeypatch.setenv("DETENTE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("DETENTE_SMTP_PORT", "9")
    monkeypatch.setenv("DETENTE_SMTP_FROM", "c@example.org")
    fails(site.run("comments", "deliver"), "127.0.0.1:9")


def test_a_new_key_signs(site: Site, waiting: int) -> None:
    with site.desk() as desk:
        before = desk.keys().signing
    assert site.run("comments", "rotate", "--forget").code == 0
    with site.desk() as desk:
        assert desk.keys().signing != before and len(desk.keys().signing) == 1


def test_help_loads_no_database() -> None:
    program = "import sys, detente.cli.main; print([m for m in ('sqlalchemy', 'alembic', 'argon2', 'nh3') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"
