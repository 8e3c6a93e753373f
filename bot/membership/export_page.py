"""The page of an export: all that is kept of a person, for them to read. One file, no scripts, nothing from afar."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape

from babel.dates import format_date, format_datetime

from dialogs.library import Library
from dialogs.texts import Reader
from dialogs.values import Text

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
       color: #2b2b2b; background: #fbf8f2; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #ddd6c8; }
dl { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: .2rem 1rem; margin: 1rem 0;
     padding-bottom: 1rem; border-bottom: 1px dotted #ddd6c8; }
dl dl { margin: 0; padding: 0; border: 0; }
dt { color: #6b6b6b; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
"""
"""Written in the page; the Mini App's answer lets this style apply, and no other."""

_HIDDEN = frozenset({"id", "v"})
"""What means something to machines only; the other file has it."""

Rows = Sequence[Mapping[str, object]]


def draw_page(
    library: Library, reader: Reader, told: Mapping[str, Rows], houses: Mapping[int, str], now: datetime
) -> str:
    """The page in the reader's language; every word of theirs is escaped."""
    return _Page(library, reader, houses).draw(told, now)


class _Page:
    def __init__(self, library: Library, reader: Reader, houses: Mapping[int, str]) -> None:
        self._library = library
        self._reader = reader
        self._houses = houses

    def draw(self, told: Mapping[str, Rows], now: datetime) -> str:
        title = self._say("export_title")
        sections = "\n".join(self._section(table, rows) for table, rows in told.items())
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(self._reader.locale)}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
            f"<p>{self._say('export_intro')}</p>\n<p>{escape(self._value(now))}</p>\n{sections}\n</body>\n</html>\n"
        )

    def _section(self, table: str, rows: Rows) -> str:
        heading = self._named("export_table", table)
        return f"<h2>{heading} ({len(rows)})</h2>\n" + "\n".join(self._list(row) for row in rows)

    def _list(self, row: Mapping[str, object]) -> str:
        lines = [
            f"<dt>{self._named('export_column', name)}</dt><dd>{self._shown(name, value)}</dd>"
            for name, value in row.items()
            if name not in _HIDDEN and value not in (None, "", [], {})
        ]
        return f"<dl>{''.join(lines)}</dl>"

    def _shown(self, name: str, value: object) -> str:
        if name == "house_id" and isinstance(value, int):
            return escape(self._houses.get(value, str(value)))
        match value:
            case Mapping():
                return self._list({str(key): each for key, each in value.items()})
            case [*each] if any(isinstance(one, Mapping | list) for one in each):
                return "".join(f"<div>{self._shown('', one)}</div>" for one in each)
            case _:
                return escape(self._value(value))

    def _value(self, value: object) -> str:
        match value:
            case datetime():
                return format_datetime(value, format="medium", tzinfo=self._reader.zone, locale=self._reader.locale)
            case date():
                return format_date(value, format="long", locale=self._reader.locale)
            case bool():
                return self._words("export_yes" if value else "export_no")
            case [*each]:
                return ", ".join(self._value(one) for one in each)
            case _:
                return str(value)

    def _named(self, kind: str, name: str) -> str:
        """A table or a column by a name for people; what nobody has named yet, by the one it has in storage."""
        phrase = f"{kind}_{name}"
        return self._say(phrase) if phrase in self._library.phrases else escape(name.replace("_", " "))

    def _say(self, phrase: str) -> str:
        return escape(self._words(phrase))

    def _words(self, phrase: str) -> str:
        return self._library.catalogues.render(Text(self._library.phrases[phrase]), self._reader)
