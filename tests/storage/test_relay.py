"""What was passed on between the two of a call: whose message is whose copy, taken back once, and soon forgotten."""

from storage.database import Database
from storage.repositories.alerts import Alert
from storage.repositories.relay import Relayed
from tests.storage.support import MINUTE, NOW, join, maple, new_id, somebody


async def test_a_message_is_found_by_its_own_id_and_by_its_copy_until_it_is_taken_back(db: Database) -> None:
    ana, maria, house = somebody(1), somebody(2), maple()
    await join(db, ana, maria)
    call = Alert(
        id=new_id(),
        person_id=ana.id,
        house_id=house.id,
        severity="sos",
        state="taken",
        plan="[]",
        opened_at=NOW,
        taken_by=maria.id,
    )
    first, second = (
        Relayed(
            id=new_id(),
            alert_id=call.id,
            person_id=ana.id,
            reader_id=maria.id,
            message_id=2**40 + number,
            outbox_id=new_id(),
            medium="text",
            at=NOW + number * MINUTE,
        )
        for number in (1, 2)
    )
    async with db.write() as work:
        await work.houses.add(house)
        await work.alerts.add(call)
        await work.relay.add_many([first, second])
        assert await work.relay.newest(call.id, ana.id) == [second]
        assert await work.relay.newest(call.id, maria.id) == []
        assert await work.relay.of_message(ana.id, 2**40 + 1) == [first]
        assert await work.relay.by_letters([second.outbox_id, 7]) == [second]
        assert await work.relay.take_back([second.id], NOW)
        assert not await work.relay.take_back([second.id], NOW)
        assert await work.relay.newest(call.id, ana.id) == [first]
        assert await work.relay.of_message(ana.id, 2**40 + 2) == []
        assert await work.alerts.held_by_or_for(maria.id) == await work.alerts.held_by_or_for(ana.id) == [call]
        await work.alerts.set_relay(call.id, NOW)
        [ended] = await work.alerts.open_for(ana.id)
        assert (ended.relay_ended_at, ended.version) == (NOW, call.version)
        assert await work.retention.prune("relayed", NOW + 90 * MINUTE) == 2
