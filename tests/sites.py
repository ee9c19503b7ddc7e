"""Records and sites for tests of the web: small, whole, and with texts that mean harm."""

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from detente import record as store
from detente.record import Entry
from detente.types import Document, Evidence, Meeting, Reading, Speaker, Statement, Transfer
from making import make_entry

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
TODAY = date(2012, 10, 1)


def make_record(folder: Path, entries: list[Entry]) -> Path:
    """A record of some entries."""
    with store.open(folder) as record:
        if entries:
            record.add(entries, coder="test")
    return folder


def full_entry(key: str, *, text: str = "RUS will visit PAK soon.", published: date = date(2012, 9, 20), url: str | None = None, title: str | None = None) -> Entry:  # fmt: skip
    """An entry with an event, a statement that foretells, a meeting and a transfer."""
    made = make_entry(key, text, published=published).reading
    seen = Evidence(start=0, end=len(text))
    document = Document(
        id=key, text=text, published=published, title=title or f"Title of {key}", source="Wire", url=url
    )
    for event in made.events:
        event.status = "occurred"
    return Entry(
        reading=Reading(
            document=document,
            events=made.events,
            statements=[
                Statement(
                    speaker=Speaker(name="A. Speaker", actor="RUS", role="minister"),
                    text=text,
                    kind="quote",
                    certainty="probable",
                    forecast=True,
                    checkable=True,
                    about=["PAK"],
                    dyad=("PAK", "RUS"),
                    evidence=seen,
                )
            ],
            meetings=[
                Meeting(
                    participants=["PAK", "RUS"],
                    format="visit",
                    start=date(2012, 10, 3),
                    end=date(2012, 10, 4),
                    precision="day",
                    status="scheduled",
                    evidence=seen,
                )
            ],
            transfers=[
                Transfer(supplier=["RUS"], recipient=["PAK"], item="Mi-35 helicopters", stage="agreed", evidence=seen)
            ],
        ),
        origin=f"test:{key}",
        raw_digest=f"raw-{key}-{text}",
    )


@contextmanager
def client(folder: Path, **settings: Any) -> Iterator[Any]:
    """A test client of the site over a record."""
    from litestar.testing import TestClient

    from detente.web import Settings, create_app

    chosen = Settings(
        **({"today": TODAY, "hosts": ("testserver.local",), "check_s": 0.0, "patience_s": 60.0} | settings)
    )
    with TestClient(create_app(folder, settings=chosen)) as made:
        yield made


@contextmanager
def served(app: Any, **config: Any) -> Iterator[str]:
    """An app on a server of its own, as 127.0.0.1:PORT; `config` goes to uvicorn."""
    import uvicorn

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, **({"log_level": "error"} | config)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.05)
        try:
            yield f"127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


def make_certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for a name (DNS:localhost, IP:127.0.0.1) and its key, as files; openssl makes them."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={name.split(':')[1]}".split()
    files = ["-addext", f"subjectAltName={name}", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command, *files], check=True, capture_output=True)
    return cert, key
