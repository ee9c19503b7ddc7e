"""A settled staging and the desk's shelf in; new threads and comments written, counted in a report."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from detente.desk.importing.report import Report
from detente.desk.importing.shelf import NewComment, Shelf
from detente.desk.importing.staging import Placed, Staging

BATCH = 500
_COUNTED = ("spam", "deleted", "held", "rejected")


def write(
    shelf: Shelf, staging: Staging, hashed: Callable[[str], str], *, dry_run: bool, progress: Callable[[int], None]
) -> Report:
    """Write what the desk lacks; a dry run counts the same and writes nothing. `hashed` turns an e-mail into a keyed hash."""
    report = Report(left_out=dict(staging.left_out), dry_run=dry_run)
    threads = _threads(shelf, staging, report)
    for batch in _batches(staging.comments()):
        _comments(shelf, batch, threads, hashed, report)
        progress(report.comments_new + report.comments_unchanged)
    return report


def _threads(shelf: Shelf, staging: Staging, report: Report) -> dict[int, Any]:
    """The desk's thread of each page; None on a dry run that would make it."""
    now = datetime.now(UTC)
    found: dict[int, Any] = {}
    for page in staging.pages():
        thread = shelf.thread(page.kind, page.target)
        report.threads_merged += page.merged
        if thread is None:
            report.threads_new += 1
            thread = None if report.dry_run else shelf.add_thread(page, now)
        else:
            report.threads_unchanged += 1
        found[page.number] = thread
    return found


def _batches(comments: Iterator[Placed]) -> Iterator[list[Placed]]:
    """Lists in which no comment answers another of the same list."""
    batch: list[Placed] = []
    keys: set[str] = set()
    for placed in comments:
        if len(batch) >= BATCH or placed.up in keys:
            yield batch
            batch, keys = [], set()
        batch.append(placed)
        keys.add(placed.comment.key)
    if batch:
        yield batch


def _comments(
    shelf: Shelf, batch: list[Placed], threads: dict[int, Any], hashed: Callable[[str], str], report: Report
) -> None:
    wanted = [key for p in batch for key in (p.comment.key, p.up, p.lost) if key is not None]
    there = shelf.comments(wanted)
    new: list[NewComment] = []
    for placed in batch:
        if placed.comment.key in there:
            report.comments_unchanged += 1
            continue
        comment = _new(placed, threads[placed.page], there, hashed)
        report.comments_new += 1
        if placed.lost is not None and comment.parent is None:
            report.orphaned += 1
        if comment.state in _COUNTED:
            setattr(report, comment.state, getattr(report, comment.state) + 1)
        new.append(comment)
    if not report.dry_run:
        shelf.add_comments(new)


def _new(placed: Placed, thread: Any, there: dict[str, tuple[Any, Any]], hashed: Callable[[str], str]) -> NewComment:
    comment = placed.comment
    state = "rejected" if placed.thread_deleted and comment.state in {"visible", "held"} else comment.state
    gone = state == "deleted"
    above, its_thread = there.get(placed.up or placed.lost or "", (None, None))
    return NewComment(
        key=comment.key,
        thread=thread,
        parent=above if thread is not None and its_thread == thread else None,
        created=comment.created,
        edited=comment.edited,
        state=state,
        author=None if gone else comment.author,
        person=hashed(comment.email.strip().lower()) if comment.email and not gone else None,
        body="" if gone else comment.body,
    )
