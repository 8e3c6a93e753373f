"""A small drill, for every run: three days, four houses, a third of sends failing, restarts; no promise is broken."""

from pathlib import Path

import pytest

from bot.policy import Role
from dialogs.library import open_library
from storage import migrate
from tests.simulations.drill import drill, report
from tests.simulations.town import Town


@pytest.mark.timeout(300)
async def test_no_call_is_lost_left_alone_or_told_to_the_wrong_person() -> None:
    found = await drill(open_library(), days=3, houses=4, people=40, seed=2, share=0.33)
    assert found.clean, report(found)
    assert found.calls
    assert found.restarts
    assert "without a next step: 0" in report(found)


@pytest.mark.timeout(300)
async def test_three_hundred_call_at_once_and_each_is_on_somebodys_phone(tmp_path: Path) -> None:
    template = tmp_path / "template.db"
    await migrate.upgrade(f"sqlite+aiosqlite:///{template}")
    town = Town(tmp_path, template, open_library(), seed=1, share=0.0)
    await town.start()
    try:
        await town.settle(houses=30, people=390)
        callers = [each for each in town.people.values() if each.role is Role.PARTICIPANT]
        assert len(callers) == 300
        await town.all_say([each.number for each in callers], "🆘 SOS")
        alerts = await town.open_alerts()
        assert {town.rows[each.person_id] for each in alerts} == {each.number for each in callers}
        [(reached,)] = town.ask("SELECT count(DISTINCT alert_id) FROM alert_asks WHERE reached = 'yes'")
        assert reached == len(alerts)
    finally:
        await town.stop()
