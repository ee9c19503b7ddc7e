"""Times are those of UTC wherever the machine stands, also for threads that read beside."""

import os
import subprocess
import sys
from pathlib import Path

ASK = """
import sys
from detente import record
with record.open(sys.argv[1]) as opened:
    beside = opened.beside()
    for lake in (opened._lake, beside._lake):
        print(lake.run("SELECT current_setting('TimeZone'), now()::VARCHAR").fetchone())
    beside.close()
"""


def test_every_connection_counts_in_utc(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(tmp_path / "record")],
        env=os.environ | {"TZ": "Asia/Tokyo"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("('UTC'") and "+00" in line for line in lines), lines
