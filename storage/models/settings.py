"""Small technical facts the bot keeps about itself."""

from storage.types import Json, Row, Word, column


class SettingRow(Row, table=True):
    """One value by its key, such as the bot's username."""

    __tablename__ = "settings"

    key: str = column("technical", Word(64), key=True)
    value: str = column("technical", Json)
