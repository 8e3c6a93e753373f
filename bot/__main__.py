"""The `hearth` command. Exit codes: 0 done, 2 wrong use or a wrong setting, 1 failed; an error is one sentence."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bot.settings import SettingsError, read_settings

OK: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,  # they show the values of variables
    help="Hearth: a Telegram bot for recovery homes. Without a token it opens a house on this machine.",
)
database_commands = typer.Typer(no_args_is_help=True, help="The database.")
key_commands = typer.Typer(no_args_is_help=True, help="The keys that seal what people tell.")
app.add_typer(database_commands, name="db")
app.add_typer(key_commands, name="keys")
trail_commands = typer.Typer(no_args_is_help=True, help="What staff and mentors did.")
app.add_typer(trail_commands, name="trail")
dialog_commands = typer.Typer(no_args_is_help=True, help="Dialogs that a house wrote itself.")
app.add_typer(dialog_commands, name="dialogs")


@app.callback(invoke_without_command=True)
def begin(context: typer.Context) -> None:
    """Runs the bot if there is a token, and the sandbox if there is none."""
    if context.invoked_subcommand is None:
        if read_settings().bot_token is None:
            sandbox()
        else:
            run()


@app.command()
def run() -> None:
    """Run the bot against Telegram, until Ctrl-C."""
    from bot.commands.run import serve  # noqa: PLC0415 - each command loads only what it needs

    _do(serve(read_settings()))


@app.command("sandbox")
def sandbox(
    port: Annotated[int, typer.Option(help="where the page stands")] = 8080,
    folder: Annotated[Path, typer.Option(help="where the house is kept between runs")] = Path(".hearth"),
    browser: Annotated[bool, typer.Option(help="open the page in a browser")] = True,  # noqa: FBT002 - an option
) -> None:
    """Open three phones on a house of your own, on this machine; no token, no internet."""
    from bot.commands.sandbox import serve  # noqa: PLC0415

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _do(serve(port=port, folder=folder, browser=browser))


@app.command()
def invite(
    role: Annotated[str, typer.Option(help="staff, mentor, officer or participant; of a network: staff or on_call")],
    house: Annotated[str, typer.Option(help="the house's name; made if it is new")] = "",
    network: Annotated[str, typer.Option(help="instead of a house: every house of this network")] = "",
    country: Annotated[str, typer.Option(help="of a new house: two letters, ISO 3166")] = "US",
    zone: Annotated[str, typer.Option(help="of a new house: its time zone, such as America/New_York")] = "UTC",
) -> None:
    """Make an invite: a link and a code, for one person, for seven days."""
    from bot.commands.invite import make  # noqa: PLC0415

    _do(make(read_settings(), house=house, network=network, role=role, country=country, zone=zone))


@app.command()
def network(
    name: Annotated[str, typer.Argument(help="the network's name; made if it is new")],
    house: Annotated[list[str], typer.Option(help="a house that belongs to it; again for each")] = [],  # noqa: B006
) -> None:
    """Run homes together: make a network, or take more houses into it."""
    from bot.commands.network import make  # noqa: PLC0415

    _do(make(read_settings(), name=name, houses=house))


@dialog_commands.command("add")
def add_dialog(
    file: Annotated[
        Path, typer.Argument(help="the dialog, as CONTRIBUTING describes it", exists=True, dir_okay=False)
    ],
    house: Annotated[str, typer.Option(help="the house it is for")],
) -> None:
    """Check a dialog that a house wrote, and lay it ready: staff try it out, and switch it on, in the bot."""
    from bot.commands.dialogs import add  # noqa: PLC0415

    _do(add(read_settings(), file=file, house_name=house))


@dialog_commands.command("list")
def list_dialogs(house: Annotated[str, typer.Option(help="the house they are of")]) -> None:
    """Print the dialogs that a house wrote, version by version, and how each stands."""
    from bot.commands.dialogs import show  # noqa: PLC0415

    _do(show(read_settings(), house_name=house))


@app.command()
def doctor() -> None:
    """Say what is wrong with the set-up, and how to mend it."""
    from bot.commands.doctor import examine  # noqa: PLC0415

    raise typer.Exit(asyncio.run(examine()))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="where the copy goes; it must not exist yet")],
    drop_after: Annotated[
        int | None, typer.Option(min=1, help="remove backups in that folder that are older than so many days")
    ] = None,
) -> None:
    """Copy the database, while the bot runs, into FILE (SQLite; PostgreSQL has pg_dump)."""
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.commands.backup import copy  # noqa: PLC0415

    old = None if drop_after is None else timedelta(days=drop_after)
    copy(read_settings(), file, clock=SystemClock(), drop_after=old)


@app.command("screen")
def screen_lines(
    lang: Annotated[str | None, typer.Option(help="en or es: whose rule speaks when both do")] = None,
) -> None:
    """Judge each line of standard input for danger: a JSON line each; needs no database and no token."""
    from bot.commands.screen import LANGUAGES, judge_lines  # noqa: PLC0415

    if lang is not None and lang not in LANGUAGES:
        _end(f"--lang is one of {', '.join(LANGUAGES)}, not {lang}.", WRONG_USE)
    judge_lines(lang)


@database_commands.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables up to this version."""
    from storage import migrate  # noqa: PLC0415

    _do(migrate.upgrade(read_settings().database_url))


@key_commands.command("rotate")
def keys_rotate(
    bot_is_stopped: Annotated[bool, typer.Option(help="no bot runs on this database")] = False,  # noqa: FBT002
) -> None:
    """Wrap everything anew by the first of HEARTH_SECRET_KEYS, while the bot runs; the old key comes after it."""
    from bot.commands.keys import rotate  # noqa: PLC0415

    _do(rotate(read_settings(), bot_is_stopped=bot_is_stopped))


@trail_commands.command("verify")
def trail_verify(
    head: Annotated[str, typer.Option(help="what this command said before, to see whether the end was cut off")] = "",
) -> None:
    """Walk the trail of every house: a line that was changed, added or taken out shows."""
    from bot.commands.trail import verify  # noqa: PLC0415

    _do(verify(read_settings(), head=head))


@app.command()
def breach(
    file: Annotated[Path | None, typer.Argument(help="a YAML file: a text for each language, en among them")] = None,
    text: Annotated[str, typer.Option(help="the text in English, instead of a file")] = "",
    house: Annotated[str, typer.Option(help="only those who ever belonged to this house")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="don't ask again")] = False,  # noqa: FBT002
) -> None:
    """Tell everybody affected that data got out, in their language; nobody's /stop holds it back."""
    from bot.commands.breach import tell  # noqa: PLC0415

    _do(tell(read_settings(), file=file, text=text, house_name=house, confirmed=yes))


@key_commands.command("new")
def keys_new() -> None:
    """Print a new key, for HEARTH_SECRET_KEYS."""
    from storage.sealing import new_key  # noqa: PLC0415

    typer.echo(new_key())


def _do(work: Coroutine[Any, Any, None]) -> None:
    """Runs a command to its end; uvloop where there is one."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


def main() -> None:
    """The entry point: whatever goes wrong becomes one sentence and an exit code."""
    from bot.logs import guard_last_words  # noqa: PLC0415

    guard_last_words()
    code: object = OK
    try:
        code = app(standalone_mode=False)
    except SettingsError as error:
        _end(str(error), WRONG_USE)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - what has no sentence for people is told without its text
        _explain(error)
    # A command that ends early with a code of its own (the doctor) hands it over here.
    sys.exit(code if isinstance(code, int) else OK)


def _explain(error: Exception) -> None:
    """Errors that carry a sentence for people become it; anything else is a bug, told by its place in the code."""
    from bot.logs import trail_of  # noqa: PLC0415
    from bot.telegram.errors import TelegramRefusesUs  # noqa: PLC0415
    from dialogs.library import ContentError  # noqa: PLC0415
    from storage.problems import StorageProblem  # noqa: PLC0415

    # A word that is no command, an option that is missing: Typer's own click has no public name for its errors.
    usage = getattr(error, "format_message", None)
    if callable(usage):
        _end(usage(), WRONG_USE)
    match error:
        case StorageProblem() | TelegramRefusesUs() | ContentError():
            _end(str(error), FAILED)
        case OSError(strerror=str(reason)):
            _end(f"{reason}: {error.filename or 'the system said no'}.", FAILED)
        case _:
            _end(f"Something broke that should not. Please report this; it names nobody:\n{trail_of(error)}", FAILED)


def _end(sentence: str, code: int) -> None:
    typer.echo(sentence, err=True)
    # Not sys.exit: a stuck thread of a library must not keep a failed start alive.
    sys.stderr.flush()
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
