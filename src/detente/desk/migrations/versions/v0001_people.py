"""Accounts, threads, comments and what belongs to them: the desk's first form."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; rows of the audit log can be added, but neither changed nor removed."""
    op.create_table(
        "account",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("created", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("key", name="uq_account_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)
    op.create_table(
        "ban",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("lifted", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ban"),
    )
    op.create_index("ix_ban_value", "ban", ["value"], unique=False)
    op.create_table(
        "muted_word",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_muted_word"),
        sa.UniqueConstraint("word", name="uq_muted_word_word"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("unsubscribe", sa.Text(), nullable=True),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=True),
        sa.Column("tries", NUMBER, nullable=False),
        sa.Column("sent", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_due", "outbox", ["due"], unique=False)
    op.create_table(
        "rate",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rate"),
    )
    op.create_index("ix_rate_at", "rate", ["at"], unique=False)
    op.create_index("ix_rate_bucket_at", "rate", ["bucket", "at"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "thread",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_thread"),
        sa.UniqueConstraint("kind", "target", name="uq_thread_kind_target"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "comment",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("thread_id", NUMBER, nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("visitor", sa.Text(), nullable=True),
        sa.Column("prefix", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("ups", NUMBER, nullable=False),
        sa.Column("downs", NUMBER, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("edited", MOMENT, nullable=True),
        sa.Column("imported_from", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_comment_account_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["parent_id"], ["comment.id"], name="fk_comment_parent_id"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_comment_thread_id"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.UniqueConstraint("imported_from", "external_id", name="uq_comment_imported_from_external_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comment_account_id", "comment", ["account_id"], unique=False)
    op.create_index("ix_comment_parent_id", "comment", ["parent_id"], unique=False)
    op.create_index("ix_comment_prefix", "comment", ["prefix"], unique=False)
    op.create_index("ix_comment_state_created", "comment", ["state", "created"], unique=False)
    op.create_index("ix_comment_thread_id_created", "comment", ["thread_id", "created"], unique=False)
    op.create_index("ix_comment_thread_id_person", "comment", ["thread_id", "person"], unique=False)
    op.create_index("ix_comment_visitor", "comment", ["visitor"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_session_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("token_hash", name="uq_session_token_hash"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("comment_id", NUMBER, nullable=False),
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("settled", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name="fk_report_comment_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("comment_id", "reporter", name="uq_report_comment_id_reporter"),
    )
    op.create_index("ix_report_settled", "report", ["settled"], unique=False)
    op.create_table(
        "subscription",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("thread_id", NUMBER, nullable=False),
        sa.Column("comment_id", NUMBER, nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("email_hash", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("confirmed", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name="fk_subscription_comment_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_subscription_thread_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sa.UniqueConstraint("token_hash", name="uq_subscription_token_hash"),
    )
    op.create_index("ix_subscription_comment_id", "subscription", ["comment_id"], unique=False)
    op.create_index("ix_subscription_email_hash", "subscription", ["email_hash"], unique=False)
    op.create_index("ix_subscription_owner", "subscription", ["owner"], unique=False)
    op.create_index("ix_subscription_thread_id", "subscription", ["thread_id"], unique=False)
    op.create_table(
        "vote",
        sa.Column("comment_id", NUMBER, nullable=False),
        sa.Column("voter", sa.Text(), nullable=False),
        sa.Column("value", NUMBER, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name="fk_vote_comment_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("comment_id", "voter", name="pk_vote"),
    )
    for statement in _APPEND_ONLY[op.get_context().dialect.name]:
        op.execute(statement)


_APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{what} BEFORE {what} ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
        for what in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$",
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
    ],
}
