"""A message of its own to somebody about their turns: what must be noticed is a new message."""

from datetime import datetime

from bot.care.rota.words import moment
from bot.conversation.desk import Desk, reader_of
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from dialogs.values import Text, Value


async def tell(desk: Desk, house_id: int, person_id: int, phrase: str, **values: Value) -> None:
    """One of the content's phrases to somebody; moments among its values are put in their words."""
    person = (await desk.people([person_id])).get(person_id)
    if person is None:
        return
    reader = reader_of(person)
    shown: dict[str, Value] = {
        name: moment(value, reader) if isinstance(value, datetime) else value for name, value in values.items()
    }
    letter = Letter(text=desk.render(Text(desk.library.phrases[phrase], shown), reader))
    desk.send_to(person, Errand(letter=letter), Kind.REPLY, purpose="rota", house_id=house_id, stream="rota")
