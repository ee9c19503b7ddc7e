"""`detente serve`: says where the site is, answers there, and says plainly why it cannot."""

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from detente.cli.main import main
from sites import full_entry, make_record

RUN = [sys.executable, "-c", "from detente.cli.main import main; main()"]


def test_it_prints_its_address_and_answers_there(tmp_path: Path) -> None:
    folder = make_record(tmp_path / "record", [full_entry("one")])
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    command = [*RUN, "--record", str(folder), "serve", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {})
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert answer.status == 200
            assert b"A. Speaker" in answer.read()
    finally:
        server.terminate()
        _, told = server.communicate(timeout=30)
    assert "measuring" in told
    assert "Traceback" not in told
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")} == before


def test_no_record_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--record", str(tmp_path / "none"), "serve"])
    assert stopped.value.code == 1
    assert "no record here yet" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_a_port_in_use_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_record(tmp_path / "record", [])
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as stopped:
            main(["--record", str(folder), "serve", "--port", str(port)])
    assert stopped.value.code == 1
    assert f"port {port}" in capsys.readouterr().err


def test_a_dataset_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_record(tmp_path / "record", [full_entry("one")])
    with pytest.raises(SystemExit) as stopped:
        main(["--record", str(folder), "serve", "--port", "0", "--dataset", "gdelt"])
    assert stopped.value.code == 1
    assert "gdelt" in capsys.readouterr().err
