"""People: accounts, comments, corrections, moderation."""
