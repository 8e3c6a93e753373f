"""What was queued for somebody of the house does not reach somebody who left it since."""

import pytest

from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand, Outgoing
from bot.delivery.promises import Kind
from bot.ids import RandomIds
from bot.membership import breach
from tests.attacks.support import rows
from tests.support.house import House


@pytest.mark.parametrize("kind", [Kind.ALERT, Kind.ANNOUNCEMENT, Kind.PROMPT, Kind.EDIT])
async def test_what_was_queued_for_the_house_is_withheld_from_who_left(house: House, kind: Kind) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    app = house.app
    async with app.database.write() as work:
        person = (await work.people.find_many([ana.id]))[ana.id]
        [home] = await work.houses.all()
        later = Outgoing(
            id=RandomIds(app.clock.now).new(),
            kind=kind,
            errand=Errand(letter=Letter(text="Ana, the house wrote this"), edits=1 if kind is Kind.EDIT else None),
            purpose="announcement",
            not_before=app.clock.now().replace(minute=30),
            created_at=app.clock.now(),
            recipient_id=person.id,
            house_id=None if kind is Kind.PROMPT else home.id,
        )
        await work.outbox.add_many([later.stored()])
        await work.commit()
    await sam.writes("/people")
    await sam.taps("Ana: participant", "End their place here", "Yes, end it")
    await ana.reads("Staff of Maple House have ended your place in Hearth.")
    await house.later(minutes=31)
    found = await rows(house, f"SELECT state, reason FROM outbox WHERE id = {later.id}")  # noqa: S608 - a number
    assert found == [("withheld", "left")]
    await sam.has_read_everything()


async def test_a_notice_that_data_got_out_reaches_even_those_who_stopped_messages(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    app = house.app
    async with app.database.write() as work:
        person = (await work.people.find_many([ana.id]))[ana.id]
        await work.people.set_stopped(person.id, stopped=True)
        people = await breach.affected(work, None)
        texts = {"en": "Data got out."}
        await breach.tell(work, RandomIds(app.clock.now), app.clock.now(), people, texts, house=None)
        await work.commit()
    app.postman.nudge()  # written by a command, it would be found by the next sweep
    await ana.reads("Data got out.")
    assert await rows(house, "SELECT kind FROM trail") == [("breach_told",)]
