"""From every question there is, in both languages, one key or one word opens the call for people."""

from collections.abc import Mapping

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.desk import Desk
from bot.conversation.inbound import CommandGiven, Given, Inbound
from bot.conversation.registry import Registry
from dialogs.inputs import TextSent
from dialogs.model import Waiting
from dialogs.progress import Place, Progress
from dialogs.values import Value
from storage.database import Database
from tests.bot.test_policy import LIBRARY, REGISTRY, at_desk, database, houses

__all__ = ["database", "houses"]

PLACES = [
    Place(dialog=name, revision=script.dialog.revision, node=node)
    for name, script in LIBRARY.scripts.items()
    for node, made in script.dialog.nodes.items()
    if isinstance(made, Waiting)
]
KEYS: Mapping[str, tuple[Given, ...]] = {
    locale: (TextSent(LIBRARY.catalogues.translate(LIBRARY.phrases["sos_key"], locale)), CommandGiven("sos"))
    for locale in LIBRARY.catalogues.locales
}


def recording(done: list[str]) -> Registry:
    """Every fact tells its example, every action is noted and not done; who may is as it is."""
    registry = Registry()
    for name, fact in REGISTRY.facts.items():
        example = LIBRARY.source.vocabulary.facts[name].example_value()

        async def tell(_: Desk, example: Value = example) -> Value:
            return example

        registry.fact(name, fact.who, tell)
    for name, action in REGISTRY.actions.items():

        async def perform(_: Desk, __: object, name: str = name) -> None:
            done.append(name)

        registry.action(name, action.who, perform)
    return registry


@pytest.mark.parametrize("locale", LIBRARY.catalogues.locales)
@pytest.mark.parametrize("who", ["participant", "mentor and staff"])
async def test_from_every_question_people_are_one_key_and_one_word_away(
    database: Database, who: str, locale: str
) -> None:
    done: list[str] = []
    conversation = Conversation(LIBRARY, recording(done))
    assert len({place.dialog for place in PLACES}) > 90
    async with at_desk(database, who) as desk:
        desk.know(locale=locale)
        for place in PLACES:
            for given in KEYS[locale]:
                desk.progress, desk.touched_at = Progress(turn=3, place=place), desk.now
                desk.outgoing.clear()
                done.clear()
                await conversation.turn(desk, Inbound(given=given, sender=desk.sender))
                assert "raise_sos" in done, f"{place.dialog}.{place.node}"
                assert desk.outgoing, f"{place.dialog}.{place.node}"
