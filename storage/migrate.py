"""Migrations, without an alembic.ini: the configuration is made here.

A database that is as new as we are needs no Alembic, and nearly every start meets one: it is loaded for the others.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.engines import check_file, make_engine, name_of, parse_url
from storage.problems import StorageProblem, problem_of

if TYPE_CHECKING:
    from alembic.config import Config

# Any number will do; it is the one two processes meet at when both start on an empty PostgreSQL.
_MIGRATION_LOCK = 4_351_207


_MIGRATIONS = Path(__file__).with_name("migrations")
_VERSION = "alembic_version"


class SchemaState(StrEnum):
    """How a database's tables stand to this version of Hearth."""

    EMPTY = "empty"
    CURRENT = "current"
    TOO_OLD = "too_old"
    TOO_NEW = "too_new"


def configuration(connection: Connection | None = None) -> "Config":
    """Alembic's configuration; migrations run inside the transaction of `connection`."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def state_of(connection: Connection) -> SchemaState:
    """The state of the schema behind a connection. Raises StorageProblem for a database of somebody else's."""
    there = inspect(connection).get_table_names()
    found = set(connection.scalars(text("SELECT version_num FROM alembic_version"))) if _VERSION in there else set()
    if not found:
        if there not in ([], [_VERSION]):
            raise StorageProblem("That database holds tables that are not Hearth's; check HEARTH_DATABASE_URL.")
        return SchemaState.EMPTY
    known = revisions()
    if found == {known[-1]}:
        return SchemaState.CURRENT
    return SchemaState.TOO_OLD if found <= set(known) else SchemaState.TOO_NEW


def revisions() -> tuple[str, ...]:
    """Every revision there is, oldest first: a migration's file begins with its number."""
    return tuple(sorted(file.name.partition("_")[0] for file in _MIGRATIONS.glob("versions/[0-9]*.py")))


async def check(url: str) -> SchemaState:
    """The state of the database at `url`. Raises StorageProblem when it can't be read."""
    return await _inside(url, state_of)


async def upgrade(url: str, revision: str = "head") -> None:
    """Bring the tables up to `revision`, making them in an empty database: all of it or nothing."""
    from alembic import command  # noqa: PLC0415 - see above

    await _inside(url, lambda connection: command.upgrade(configuration(connection), revision))


async def downgrade(url: str, revision: str) -> None:
    """Take the tables down to `revision` (`base`: none at all): all of it or nothing."""
    from alembic import command  # noqa: PLC0415 - see above

    await _inside(url, lambda connection: command.downgrade(configuration(connection), revision))


T = TypeVar("T")


async def _inside(url: str, work: Callable[[Connection], T]) -> T:
    """Do `work` in one transaction, with foreign keys off: rebuilding a SQLite table must not cascade."""
    address = parse_url(url)
    check_file(address)
    engine = make_engine(address, connections=1, foreign_keys=False)
    try:
        async with engine.begin() as connection:
            if address.get_backend_name() == "postgresql":
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            return await connection.run_sync(work)
    except (DBAPIError, OSError) as error:
        problem = problem_of(error, name_of(address))
        if problem is None:
            raise
        raise problem from error
    finally:
        await engine.dispose()
