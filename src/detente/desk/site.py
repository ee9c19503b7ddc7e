"""The site's address and what a link is for in; the link that mails carry, out. The web layer answers at these paths."""

from urllib.parse import quote

from detente.desk.rules import Rules

COMMENT = "/comments/{number}"
CONFIRM = "/comments/confirm?token={token}"
UNSUBSCRIBE = "/comments/unsubscribe?token={token}"


def comment_link(rules: Rules, number: int) -> str:
    """The permalink of a comment; the site leads from it to the page where it stands."""
    return rules.site.rstrip("/") + COMMENT.format(number=number)


def confirm_link(rules: Rules, token: str) -> str:
    """Where a wish for mail is confirmed."""
    return rules.site.rstrip("/") + CONFIRM.format(token=quote(token))


def unsubscribe_link(rules: Rules, token: str) -> str:
    """Where one click ends it."""
    return rules.site.rstrip("/") + UNSUBSCRIBE.format(token=quote(token))
