"""A database in; its tables, brought to the newest form by Alembic, out."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from detente.errors import DeskError

HEAD = "0001"
"""The newest migration; a test compares it with the folder."""
FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x6465736B


def migrate(engine: sa.Engine, name: str) -> None:
    """Bring the tables up to date, alone among all processes. Raises DeskError for tables that are newer or not ours."""
    if _version(engine) == HEAD:
        return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = _found(connection)
        if found == HEAD:
            return
        if found is None and sa.inspect(connection).has_table("comment"):
            raise DeskError(f"{name}: holds tables of another program")
        _upgrade(connection, name)


def config(connection: sa.Connection | None = None) -> Any:
    """Alembic's settings, without a file."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def _version(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        return _found(connection)


def _found(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: sa.Connection, name: str) -> None:
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(config(connection), "head")
    except CommandError:
        raise DeskError(f"{name}: was made by a newer Détente; please upgrade") from None
