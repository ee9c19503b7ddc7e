"""Comments in a page of another site, in a browser that keeps what frames of others set apart: read, written, changed."""

import http.server
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sites import full_entry, make_certificate, make_record, served

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with"),
]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A site with a desk, over https on 127.0.0.1."""
    from detente import web
    from detente.desk import Desk

    cert, key = make_certificate(tmp_path, "IP:127.0.0.1")
    folder = make_record(tmp_path / "record", [full_entry("one", published=date(2012, 9, 20))])
    with Desk.open(folder) as desk:
        app = web.create_app(folder, settings=web.Settings(), desk=desk)
        with served(app, ssl_keyfile=str(key), ssl_certfile=str(cert)) as at:
            yield f"https://{at}"


@pytest.fixture
def elsewhere(site: str) -> Iterator[str]:
    """A page on localhost, which is another site than 127.0.0.1, with our comments under it."""
    page = f'<!doctype html><title>News</title><p>News.</p><div id="detente-comments"></div><script src="{site}/comments/embed.js"></script>'

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/news"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("strict", [False, True], ids=["as installed", "without third-party cookies"])
def test_a_comment_written_in_a_frame_stays_its_writer_s(site: str, elsewhere: str, strict: bool) -> None:
    blocked = ["--test-third-party-cookie-phaseout"] if strict else []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", *blocked]
        )
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        page.goto(elsewhere)
        frame = page.frame_locator("iframe[title=Comments]")
        box = frame.locator("textarea[name=body]")
        box.wait_for()
        page.wait_for_timeout(3500)  # a form that is sent quicker than people write is not taken
        box.fill("A word from another page")
        frame.locator("form.write button:not([name=preview])").first.click()
        frame.get_by_text("A word from another page").first.wait_for()
        page.goto(elsewhere)
        frame = page.frame_locator("iframe[title=Comments]")
        frame.get_by_text("A word from another page").first.wait_for()
        assert frame.get_by_text("waits for a moderator").count() >= 1
        frame.get_by_role("link", name="Change").first.click()
        frame.locator("li textarea[name=body]").fill("Other words")
        frame.get_by_role("button", name="Keep the change").click()
        frame.get_by_text("Other words").first.wait_for()
        with context.expect_page() as opened:
            frame.get_by_role("link", name="on a page of its own").click()
        assert opened.value.url.startswith(f"{site}/comments/thread")
        opened.value.close()
        frame.get_by_role("link", name="Change").first.click()
        frame.locator("li textarea[name=body]").fill("Words that will not arrive")
        context.set_offline(True)
        frame.get_by_role("button", name="Keep the change").click()
        frame.get_by_text("there is no connection").wait_for()
        assert frame.locator("li textarea[name=body]").input_value() == "Words that will not arrive"
        assert not any(cookie["name"] == "detente_session-framed" for cookie in context.cookies())
        browser.close()
