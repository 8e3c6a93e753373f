"""Whatever is set wrongly becomes one sentence that says what to do, and exit code 2."""

import pytest

from tests.bot.commands.hearth import Hearth


@pytest.mark.parametrize(
    ("variables", "words", "sentence"),
    [
        ({"HEARTH_BOT_TOKEN": "nonsense"}, ("run",), "HEARTH_BOT_TOKEN is not a bot token"),
        ({"HEARTH_BOT_API_URL": "telegram"}, ("run",), "HEARTH_BOT_API_URL is not an address"),
        ({}, ("run",), "Set HEARTH_BOT_TOKEN to the token that BotFather gave you, or run: hearth sandbox"),
        ({"HEARTH_SENDS_PER_SECOND": "0"}, ("run",), "HEARTH_SENDS_PER_SECOND should be greater than or equal to 1"),
        ({"HEARTH_SECRET_KEYS": "short"}, ("invite", "--house", "A", "--role", "staff"), "HEARTH_SECRET_KEYS: Key 1"),
        ({"HEARTH_DATABASE_URL": "mysql://x"}, ("db", "upgrade"), "HEARTH_DATABASE_URL"),
        ({}, ("invite", "--house", "A", "--role", "king"), "it is staff, mentor, officer, participant"),
        ({}, ("invite", "--house", "A"), "Missing option '--role'"),
        ({}, ("danse",), "No such command 'danse'"),
    ],
)
async def test_a_wrong_setting_is_one_sentence_and_exit_code_2(
    hearth: Hearth, variables: dict[str, str], words: tuple[str, ...], sentence: str
) -> None:
    ended = await hearth(*words, **variables)
    assert sentence in ended.complained
    assert ended.complained.count("\n") == 1, ended.complained
    assert "Traceback" not in ended.complained
    assert ended.code == 2
