"""What an import did or, on a dry run, would do: counts, and the reasons for what was left out."""

from msgspec import Struct, field


class Report(Struct, kw_only=True):
    """Counts of one import.

    `threads_merged` are threads of the archive that joined another of the same page; `threads_unchanged` are pages that
    the desk had. Of `comments_new`, some are `spam`, `deleted`, `held` or `rejected` (none of these is shown), and some
    are `orphaned`: their parent is neither in the archive nor on the desk, so they stand at the top of their thread.
    """

    threads_new: int = 0
    threads_merged: int = 0
    threads_unchanged: int = 0
    comments_new: int = 0
    comments_unchanged: int = 0
    spam: int = 0
    deleted: int = 0
    held: int = 0
    rejected: int = 0
    orphaned: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    dry_run: bool = False

    def lines(self) -> list[str]:
        """The report for a reader, one line a fact."""
        would = "would be new" if self.dry_run else "new"
        found = [
            f"threads: {self.threads_new:,} {would}, {self.threads_merged:,} merged into another of the same page, "
            f"{self.threads_unchanged:,} already there",
            f"comments: {self.comments_new:,} {would}, {self.comments_unchanged:,} already there",
        ]
        named = (
            ("spam", self.spam),
            ("deleted", self.deleted),
            ("held for a moderator", self.held),
            ("not shown, as their page was not public", self.rejected),
            ("whose parent is missing, now at the top of their thread", self.orphaned),
        )
        found += [f"  of the new, {number:,} {what}" for what, number in named if number]
        return found + [f"  {number:,} left out: {reason}" for reason, number in sorted(self.left_out.items())]
