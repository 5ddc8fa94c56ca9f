"""Runs the migrations in the transaction of the connection that the store passes in."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,
    transactional_ddl=True,
    **context.config.attributes.get("options", {}),
)
with context.begin_transaction():
    context.run_migrations()
