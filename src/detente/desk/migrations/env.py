"""An open connection in, handed over by `desk.migrating`; the migrations run on it within its transaction."""

from alembic import context

from detente.desk.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
