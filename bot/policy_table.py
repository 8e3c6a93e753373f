"""Who may what, as a table for people: `python -m bot.policy_table` writes POLICY.md anew.

It is drawn from the registry and the dialogs themselves, so it can't say anything else than what the bot asks.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from bot.app import register_all
from bot.conversation.registry import Registry
from bot.policy import audience_of
from dialogs.library import Library, open_library

FILE: Final = Path(__file__).with_name("POLICY.md")

_HEAD: Final = """\
# Who may what

Drawn by `python -m bot.policy_table` from what the bot itself asks; a test holds it so. The default is no.
Whoever is not named here gets a kind sentence, and nothing happens.

- **everybody, strangers too**: what somebody without a house needs: joining, numbers to call, the language.
- **everybody in the house**: their own data, their own calls, what the house says to all. Never anybody else's data.
- **participants**: check-ins and what belongs to them.
- **mentors and staff**: calls for help of their own house, and who is on call.
- **staff**: people, invites and announcements of their own house. What they do stands in the trail.
- **officers**: residents who lead, chosen by residents. They see no more of anybody than others do.
- **the network's on-call**: calls for help of each house of their network.

A role counts in its own house only, and from the moment it is given until the moment it ends. Staff of one house see
nothing of another. A role over a network (staff, on-call) counts in each of its houses, and each has it in its trail.
Whoever has two roles may what either may.
"""
_FOOT: Final = """\
## Times

When a row's time comes (a call is to be asked on, an announcement goes on), it is our own clock that says so. Nothing
that comes from Telegram can be one of these: {timers}.

## Where it is asked

- Facts, actions and dialogs: when the conversation reaches them, each time (`bot/conversation/walking.py`).
- Cards: in the row, whenever they are shown, changed or pressed (`bot/conversation/cards.py`).
- Letters: just before they are sent; what is for a house goes to nobody who has left it (`bot/delivery/postman.py`).
"""


def table(registry: Registry, library: Library) -> str:
    """The whole of POLICY.md."""
    words = library.source.vocabulary
    parts = [_HEAD]
    dialogs = (
        (f"{name} (/{script.dialog.command})" if script.dialog.command else name, script.dialog.audience, script)
        for name, script in sorted(library.scripts.items())
    )
    parts.append(
        _section(
            "Dialogs", [(name, str(audience_of(audience)), script.dialog.title) for name, audience, script in dialogs]
        )
    )
    facts = [(name, str(fact.who), words.facts[name].means) for name, fact in sorted(registry.facts.items())]
    actions = [
        (name, str(action.who), words.actions[name].means) for name, action in sorted(registry.actions.items())
    ]
    parts += [_section("Facts: what may be asked", facts), _section("Actions: what may be caused", actions)]
    parts.append(_section("Cards, and the buttons under them", list(_cards(registry))))
    parts.append(_FOOT.format(timers=", ".join(sorted(registry.timers))))
    return "\n".join(parts)


def _cards(registry: Registry) -> Iterator[tuple[str, str, str]]:
    for name, kind in sorted(registry.cards.items()):
        yield name, str(kind.who), _first_sentence(kind.look)
        for press, function in kind.presses.items():
            yield f"{name}: {press}", f"{kind.who}, if the card offers it", _first_sentence(function)


def _first_sentence(function: Callable[..., object]) -> str:
    """What the code says of itself; card functions without a word of it are refused by the tests."""
    return (inspect.getdoc(function) or "").split("\n")[0]


def _section(title: str, rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"## {title}", "", "| name | who may | what, and why |", "|---|---|---|"]
    lines += [f"| {name} | {who} | {why.replace('|', '/')} |" for name, who, why in rows]
    return "\n".join([*lines, ""])


def full_registry() -> Registry:
    """Everything the bot registers."""
    registry = Registry()
    register_all(registry)
    return registry


def main() -> None:
    """Writes the table."""
    FILE.write_text(table(full_registry(), open_library()), encoding="utf-8")


if __name__ == "__main__":
    main()
