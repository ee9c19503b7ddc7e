"""Comments in a page of another site, in a browser that keeps what frames of others set apart: read, written, changed."""

import http.server
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sites import full_entry, make_record

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
    import uvicorn

    from detente import web
    from detente.desk import Desk

    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)  # fmt: skip
    folder = make_record(tmp_path / "record", [full_entry("one", published=date(2012, 9, 20))])
    desk = Desk.open(folder)
    listening = socket.create_server(("127.0.0.1", 0))
    app = web.create_app(folder, settings=web.Settings(), desk=desk)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ssl_keyfile=str(key), ssl_certfile=str(cert)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"https://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()
    desk.close()


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
        frame.locator("li form button").filter(has_text="Send").or_(
            frame.locator("li form button").filter(has_text="Keep")
        ).first.click()
        frame.get_by_text("Other words").first.wait_for()
        assert not any(cookie["name"] == "detente_session-framed" for cookie in context.cookies())
        browser.close()
