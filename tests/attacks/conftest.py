"""The house of the stories, and a look at everything in its database."""

from tests.acceptance.conftest import (
    house,
    library,
    postgres,
    postgres_template,
    sqlite_template,
    stay_on_this_machine,
)

__all__ = ["house", "library", "postgres", "postgres_template", "sqlite_template", "stay_on_this_machine"]
