"""Everything kept of somebody comes as one file, readable by them and by machines."""

import io
import json
import zipfile
from typing import Any

from bot.sandbox import media
from storage.models import metadata
from storage.repositories.belongings import Belongings
from tests.support.house import House
from tests.support.somebody import Somebody


async def the_copy_of(house: House, person: Somebody) -> tuple[str, dict[str, Any]]:
    """The page and the data (Any: JSON) of the archive in their chat."""
    await person.writes("/export")
    await person.taps("Yes, send it")
    bubble = await person.reads("Here is everything kept of you")
    file = house.sandbox.exchange.world.files[bubble.raw["document"]["file_id"]]
    assert file["name"] == f"hearth-{house.now:%Y-%m-%d}.zip"
    with zipfile.ZipFile(io.BytesIO(media.data(file))) as archive:
        return archive.read("hearth.html").decode(), json.loads(archive.read("hearth.json"))


async def test_the_copy_holds_what_was_said_and_done(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.sees("write a line about what's going on")
    await ana.writes("by the <b>river</b>")
    await maria.reads("Ana is asking")
    await ana.taps("I'll just wait")
    page, data = await the_copy_of(house, ana)
    for each in (ana, maria):
        await each.has_read_everything()
    tables = data["tables"]
    assert tables["people"][0]["name"] == "Ana"
    assert tables["alerts"][0]["line"] == "by the <b>river</b>"
    assert {each["purpose"] for each in tables["consents"]} == {"checkins", "worry", "sos_words"}
    assert {each["what"] for each in tables["showings"]} >= {"call", "export"}
    assert list(data["houses"].values()) == ["Maple House"]
    assert "Calls for help, yours and those you took" in page
    assert "by the &lt;b&gt;river&lt;/b&gt;" in page
    assert "<b>river" not in page
    assert "Maria" not in json.dumps(tables["alert_asks"])


async def test_the_copy_holds_every_row_of_every_table_that_names_them(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await maria.reads("Ana is asking")
    await maria.taps("I'm on it")
    for each in (ana, maria):
        await each.has_read_everything()
    _, data = await the_copy_of(house, maria)
    async with house.app.database.read() as work:
        [person] = (await work.people.find_many([maria.id])).values()
        told = await work.belongings.of(person.id)
        assert isinstance(work.belongings, Belongings)
    assert set(told) <= set(data["tables"]) <= {table.name for table in metadata.sorted_tables}
    assert data["tables"]["alerts"][0].keys() >= {"state", "taken_at", "opened_at"}
    assert "line" not in data["tables"]["alerts"][0]
    assert [(deed["kind"], deed["by_you"]) for deed in data["tables"]["trail"]] == [("call_taken", True)]


async def test_the_page_speaks_the_language_of_its_reader(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/language")
    await ana.taps("Español")
    await ana.sees("Listo")
    await ana.writes("/export")
    await ana.taps("Sí, envíalo")
    bubble = await ana.reads("Aquí está todo lo que se guarda de ti")
    file = house.sandbox.exchange.world.files[bubble.raw["document"]["file_id"]]
    with zipfile.ZipFile(io.BytesIO(media.data(file))) as archive:
        page = archive.read("hearth.html").decode()
    assert '<html lang="es">' in page
    assert "Qué aceptaste, y cuándo" in page
    await ana.has_read_everything()


async def test_of_a_stranger_there_is_nothing(house: House) -> None:
    zoe = await house.stranger("Zoe")
    await zoe.writes("/export")
    await zoe.reads("Nothing is kept of you here")
