"""What a stolen database could tell, column by column."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Column, LargeBinary, create_engine

from storage.models import metadata
from storage.types import Moment

COLUMNS = [
    pytest.param(column, id=f"{table.name}.{column.name}")
    for table in metadata.sorted_tables
    for column in table.columns
]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_says_what_it_would_tell_and_what_is_personal_is_sealed(column: Column[Any]) -> None:
    kind = column.info.get("class")
    assert kind in {"public", "technical", "personal", "secret"}
    if kind in {"personal", "secret"}:
        assert isinstance(column.type, LargeBinary)
        assert column.name.endswith(("_sealed", "_hash", "sealed", "wrapped"))
    else:
        assert not isinstance(column.type, LargeBinary)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    dialect = create_engine("sqlite://").dialect
    with pytest.raises(ValueError, match="must know its time zone"):
        Moment().process_bind_param(datetime(2026, 3, 1), dialect)  # noqa: DTZ001 - the naive one
