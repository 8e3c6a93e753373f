"""A message of its own to whoever told a story: that it is shown, that it helped."""

from bot.community.stories.words import about
from bot.conversation.desk import Desk, reader_of
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from dialogs.values import Text
from storage.repositories.stories import Story


async def tell_teller(desk: Desk, story: Story, phrase: str) -> None:
    """One of the content's phrases. Whoever asked for no messages is left in peace."""
    person = (await desk.people([story.person_id])).get(story.person_id)
    if person is None or person.stopped:
        return
    words = desk.render(Text(desk.library.phrases[phrase], {"about": about(desk, story)}), reader_of(person))
    desk.send_to(person, Errand(letter=Letter(text=words)), Kind.REPLY, purpose="story", stream="story")
