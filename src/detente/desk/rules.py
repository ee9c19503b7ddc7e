"""What the owner of a site may choose about comments; kept in the desk, the same for all who write to it."""

from msgspec import Struct


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of a desk.

    open: new comments are taken. anonymous: without signing in, too. sign_up: visitors may make accounts themselves. trusted_after: so many accepted comments make a
    writer trusted; until then each is held for a moderator (0: nobody is held). links: an untrusted comment with more
    links is held. longest: characters of a comment. edit_minutes: how long its author may change it. per_prefix_minute
    and per_prefix_day: comments from one network (/24 or /48). hide_reports: so many reports hold a comment (0: never).
    keep_days: how long the hash of a writer's network is kept. site: the site's address, for links in mails.
    """

    open: bool = True
    anonymous: bool = True
    sign_up: bool = False
    trusted_after: int = 1
    links: int = 2
    longest: int = 10_000
    edit_minutes: int = 15
    per_prefix_minute: int = 5
    per_prefix_day: int = 100
    hide_reports: int = 5
    keep_days: int = 30
    site: str = "http://127.0.0.1:8000"
