"""A dialog is written anew while somebody stands in it: they are carried over, or let out kindly."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.library import Library
from dialogs.model import Dialog
from tests.dialogs.support import dialog_of
from tests.support.house import House, open_house
from tests.support.somebody import Somebody

BEFORE = """
name: {ask: What is it called?, save: name, next: mood}
mood: {choose: "How was {name}?", choices: {good: Good, bad: Bad}, save: mood, next: thanks}
thanks: {say: "Thank you."}
"""
CARRIED = """
name: {ask: What is it called?, save: name, next: rating}
rating: {choose: "And how was {name} for you?", choices: {good: Good, fair: Fair, bad: Bad}, save: mood, next: thanks}
thanks: {say: "Thank you."}
"""
GONE = """
other: {choose: Something else altogether, choices: {a: All right}}
"""


def written(library: Library, nodes: str, head: str = "") -> Library:
    """The library, with one more dialog."""
    walk: Dialog = dialog_of(nodes, name="walk", head=f"command: walk\n{head}")
    return Library(replace(library.source, dialogs={**library.source.dialogs, "walk": walk}))


@pytest.fixture
async def house(library: Library, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[House]:
    path = tmp_path / "hearth.db"
    shutil.copy(sqlite_template, path)
    async with open_house(f"sqlite+aiosqlite:///{path}", written(library, BEFORE)) as house:
        yield house
        await house.nothing_was_missed()


@pytest.fixture
async def ana(house: House) -> Somebody:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/walk")
    await ana.reads("What is it called?")
    await ana.writes("The river")
    await ana.reads("How was The river?")
    return ana


async def test_somebody_at_a_node_that_moved_goes_on_with_what_they_said(
    house: House, ana: Somebody, library: Library
) -> None:
    await house.rewritten(written(library, CARRIED, "moved: {mood: rating}"))
    await ana.taps("Good")
    await ana.sees("Thank you.")


async def test_somebody_who_writes_there_is_asked_in_the_new_words(
    house: House, ana: Somebody, library: Library
) -> None:
    await house.rewritten(written(library, CARRIED, "moved: {mood: rating}"))
    await ana.writes("hm")
    await ana.reads("And how was The river for you?")


async def test_somebody_at_a_node_that_is_gone_is_let_out_kindly(
    house: House, ana: Somebody, library: Library
) -> None:
    await house.rewritten(written(library, GONE))
    await ana.taps("Good")
    await ana.sees("This part of Hearth was rewritten while you were away.")
    await ana.writes("/menu")
    await ana.reads("What would you like?")


async def test_somebody_in_a_dialog_that_is_gone_is_let_out_too(
    house: House, ana: Somebody, library: Library
) -> None:
    await house.rewritten(library)
    await ana.taps("Good")
    await ana.sees("This part of Hearth was rewritten while you were away.")
