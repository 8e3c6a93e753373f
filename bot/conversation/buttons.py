"""What a button carries: a step's turn and choice, or a card's row and choice. At most 64 bytes, all technical."""

from bot.conversation.inbound import CardPressed
from dialogs.inputs import ChoicePressed

_STEP = "s"
_CARD = "c"


def step(turn: int, choice: str) -> str:
    """The data of a dialog's button: it goes stale with its turn."""
    return f"{_STEP}:{turn}:{choice}"


def card(name: str, row: int, choice: str) -> str:
    """The data of a card's button: judged by its row, whenever it is pressed."""
    return f"{_CARD}:{name}:{row}:{choice}"


def read(data: str) -> ChoicePressed | CardPressed | None:
    """What was pressed; None for data that we never wrote (somebody's forgery, an older bot's)."""
    match data.split(":", 3):
        case ["s", turn, choice] if turn.isascii() and turn.isdigit() and len(turn) < 12:
            return ChoicePressed(int(turn), choice)
        case ["c", name, row, choice] if row.isascii() and row.isdigit() and len(row) < 20:
            return CardPressed(name, int(row), choice)
        case _:
            return None
