"""A comment that has just become visible in; one mail to each who asked for it, put into the outbox, out."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from detente.desk.desk import Desk
from detente.desk.markdown import plain
from detente.desk.outbox import enqueue
from detente.desk.rules import Rules
from detente.desk.site import comment_link, unsubscribe_link
from detente.desk.subscriptions import unsubscribe_token
from detente.desk.tables import Comment, Subscription, Thread

SHOWN = 2000


def tell(desk: Desk, session: Session, comment: Comment, thread: Thread, rules: Rules, now: datetime) -> int:
    """Put mails into the outbox for the thread's subscribers and for those of the comment answered; returns how many.

    An address gets one mail a comment, however often this is called, and none about what its owner wrote.
    """
    if comment.state != "visible":
        return 0
    wanted = or_(Subscription.comment_id.is_(None), Subscription.comment_id == comment.parent_id)
    writer = comment.visitor if comment.account_id is None else desk.keys().hashed("account", comment.account_id)
    rows = session.scalars(
        select(Subscription)
        .where(Subscription.thread_id == thread.id, Subscription.confirmed.is_not(None), wanted)
        .order_by(Subscription.comment_id.is_(None), Subscription.id)
    ).all()
    about = thread.title or thread.target
    text = plain(comment.body)
    told: set[str] = set()
    for row in rows:
        if row.email is None or row.email_hash in told or (row.owner is not None and row.owner == writer):
            continue
        told.add(row.email_hash)
        end = unsubscribe_link(rules, unsubscribe_token(desk, row.id))
        enqueue(
            session,
            key=f"comment:{comment.id}:{row.email_hash}",
            recipient=row.email,
            subject=f"{comment.author or 'Somebody'} wrote about “{about}”",
            body=f"{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}\n\n"
            f"Read it in its place:\n{comment_link(rules, comment.id)}\n\nNo more mail about this:\n{end}\n",
            unsubscribe=end,
            now=now,
        )
    return len(told)
