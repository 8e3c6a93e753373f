"""Alembic's migrations: expand, then contract; each tested up, down and up again with data in it."""
