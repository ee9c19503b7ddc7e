"""Archives of real size: memory stays flat however many comments there are."""

import gzip
import random
import subprocess
import sys
from pathlib import Path

import pytest

from archives import DISQUS_HEAD, post, thread
from detente.desk.importing import export_comments, import_comments
from shelved import TestDesk

PEAK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from shelved import TestDesk
from detente.desk.importing import export_comments, import_comments
desk = TestDesk(Path({folder!r}) / (sys.argv[1] + ".sqlite"))
report = import_comments(desk, Path(sys.argv[1]), "disqus")
export_comments(desk, Path(sys.argv[1] + ".jsonl"))
again = import_comments(desk, Path(sys.argv[1] + ".jsonl"), "json", dry_run=True)
print(report.comments_new, again.comments_unchanged, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def archive(file: Path, comments: int) -> Path:
    """Posts in random order over a thousand pages; two thirds answer another one of their page."""
    chance = random.Random(3)
    pages = 1000
    order = list(range(comments))
    chance.shuffle(order)
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=1) as out:
        out.write(DISQUS_HEAD)
        out.writelines(thread(page, f"https://example.org/{page}") for page in range(pages))
        for number in order:
            words = " ".join(str(chance.random()) for _ in range(chance.randrange(3, 20)))
            when = f"2012-09-17T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"
            above = number - pages * chance.randrange(1, 9) if number % 3 else -1
            message = f"<p>{words}</p><p><b>so</b> it is, <a href='https://example.org/{number}'>see</a></p>"
            parent = above if above >= 0 else None
            out.write(post(number, number % pages, parent, message, when, email=f"{number}@a.example"))
        out.write("</disqus>\n")
    return file


def measured(folder: Path, comments: int) -> tuple[int, int, int]:
    """(new, unchanged when imported again from our export, peak memory in KiB) of a process of its own."""
    file = archive(folder / f"{comments}.xml.gz", comments)
    program = PEAK.format(tests=str(Path(__file__).parent), folder=str(folder))
    out = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True).stdout
    new, unchanged, peak = map(int, out.split())
    return new, unchanged, peak


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_hundred_thousand_comments_take_no_more_memory_than_ten_thousand(tmp_path: Path) -> None:
    small, large = measured(tmp_path, 10_000), measured(tmp_path, 200_000)
    assert small[:2] == (10_000, 10_000) and large[:2] == (200_000, 200_000)
    assert large[2] - small[2] < 40 * 1024, f"{small[2]:,} KiB for 10,000 comments, {large[2]:,} KiB for 200,000"


def test_thousands_of_comments_keep_their_tree(tmp_path: Path) -> None:
    desk, elsewhere = TestDesk(), TestDesk()
    report = import_comments(desk, archive(tmp_path / "x.xml.gz", 3000), "disqus")
    assert (report.threads_new, report.comments_new, report.orphaned) == (1000, 3000, 0)
    assert sum(c["parent"] is not None for c in desk.comments().values()) > 200
    export_comments(desk, tmp_path / "x.jsonl")
    import_comments(elsewhere, tmp_path / "x.jsonl", "json")
    assert elsewhere.tree() == desk.tree()
