"""The buttons under a question: when it is answered by other means (words, a command, time), they go away."""

from dataclasses import replace

from bot.conversation.desk import Desk
from bot.conversation.inbound import Given
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from dialogs.inputs import ChoicePressed


def retire(desk: Desk, turn: int, given: Given) -> None:
    """Notes which letter asks now, and takes the buttons off the one that asked before `turn` was answered.

    The message of a button that was pressed is dealt with where it is answered: it becomes the next question.
    """
    if desk.progress.turn == turn:
        return
    before = desk.progress.asked_by
    desk.progress = replace(desk.progress, asked_by=desk.question if desk.progress.place is not None else None)
    pressed = isinstance(given, ChoicePressed) and given.turn == turn
    if before is not None and not pressed:
        desk.send(
            Errand(letter=Letter(text="-"), buttons_only=True),
            Kind.EDIT,
            purpose="conversation",
            edits_id=before,
            stream="tidy",
        )
