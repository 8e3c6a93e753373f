"""What columns are made of, and the class every column carries.

A column's class says what it would tell a thief: `public` (a house's country), `technical` (ids, times,
states), `personal` (names, what people write) or `secret` (keys). Personal and secret columns hold sealed
bytes or a keyed hash, never plain text; a test walks every column and holds it so.

A column that names a person says so too, and what the row is to them: `theirs` (it is handed out whole, and goes
with them), `wrote` (their words, kept for others when they go), `part` (somebody else's row in which they stand as
a number), `untold` (somebody else's own choice about them, which stays that person's) or `key` (which key seals).
`repositories/belongings.py` walks exactly these.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Literal, TypeAlias

import orjson
from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

ColumnClass: TypeAlias = Literal["public", "personal", "secret", "technical"]
PersonPart: TypeAlias = Literal["theirs", "wrote", "part", "untold", "key"]
Sealed: TypeAlias = bytes

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware moment, read back in UTC: whole microseconds on SQLite, timestamptz on PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:  # Any: as SQLAlchemy declares it
        """The database's own type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # Any: int or datetime
        """Refuses a naive datetime with ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A moment must know its time zone; {value.isoformat()} does not.")
        if dialect.name == "postgresql":
            return value
        return (value - EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # Any: int or datetime
        """Aware UTC."""
        if value is None:
            return None
        if dialect.name == "postgresql":
            return value.astimezone(UTC)  # type: ignore[no-any-return]  # asyncpg gives datetimes here
        return EPOCH + timedelta(microseconds=value)


class Many(TypeDecorator[Sequence[int | str]]):
    """A list as one parameter: a JSON array on SQLite, an array on PostgreSQL."""

    impl = Text
    cache_ok = True

    def __init__(self, of: type[int] | type[str] = int) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:  # Any: as SQLAlchemy declares it
        """The database's own type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(BigInteger() if self.of is int else Text()))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[int | str] | None, dialect: Dialect) -> Any:  # Any: as above
        """The values, in the database's way."""
        if value is None or dialect.name == "postgresql":
            return value
        return orjson.dumps(value).decode()


class _OneOf(FunctionElement[bool]):
    """`column = one of a list that is a single parameter`; see `one_of`."""

    name = "one_of"
    inherit_cache = True


@compiles(_OneOf, "sqlite")
def _one_of_on_sqlite(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:  # Any: the compiler's
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - compiled clauses, no text


@compiles(_OneOf, "postgresql")
def _one_of_on_postgresql(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:  # Any: as above
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY({values})"


def one_of(column: ColumnElement[Any], name: str, of: type[int] | type[str] = int) -> ColumnElement[bool]:
    """`column IN (…)` whose values are one list parameter `name`.

    Any length is the same statement, so it is compiled and prepared once, and no limit on the number of
    parameters applies. (Any: a column of any type.)
    """
    values: BindParameter[Any] = bindparam(name, type_=Many(of))  # Any: a list of `of`
    return _OneOf(column, values)


# INTEGER on SQLite makes a primary key the row's own address, without an index beside it.
Id = BigInteger().with_variant(Integer(), "sqlite")
SealedBytes = LargeBinary
KeyedHash = LargeBinary
Flag = Boolean
Number = Integer
Big = BigInteger
Word = String
LocalDate = Date
Json = Text

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """A table of ours. Repositories use the table (`table_of`); rows never leave storage."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def table_of(model: type[Row]) -> Table:
    """The table a model declares."""
    return Row.metadata.tables[str(model.__tablename__)]


def column(
    kind: ColumnClass,
    type_: TypeEngine[Any] | type[TypeEngine[Any]],  # Any: a column of any type
    *,
    key: bool = False,
    nullable: bool = False,
    unique: bool = False,
    index: bool = False,
    references: str | None = None,
    person: PersonPart | None = None,
) -> Any:  # Any: the field's type stands on its left
    """A model's field with its class; `references` names `table.column`, whose deletion takes the row along.

    `person` is given where the column names a person: what the row is to them.
    """
    foreign = [ForeignKey(references, ondelete="CASCADE")] if references else []
    made: Column[Any] = Column(  # Any: a column of any type
        type_,
        *foreign,
        primary_key=key,
        autoincrement=False,
        nullable=nullable,
        unique=unique or None,
        index=index or None,
        info={"class": kind, "person": person},
    )
    return Field(sa_column=made)
