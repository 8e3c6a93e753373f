"""What a house's own dialogs may do is less than what ours may: the file comes from a telephone, and nobody of us
has read it. They say, ask and remember a practice; they go to people, and never away from them.
"""

from collections.abc import Iterator
from typing import Final

from dialogs.library import Problem, Source
from dialogs.model import AskNode, Dialog, DoNode, GoNode, PaceNode

BEGINS: Final = "our_"
"""Of every name: what is ours, today or later, can't be stood in the way of."""

NODES: Final = 80
LONGEST: Final = 32
"""Characters of a name."""

_MINUTES: Final = 15
_AUDIENCE: Final = frozenset({"member", "participant", "mentor", "staff"})
RECORD: Final = "record_practice"


def find(source: Source, name: str) -> Iterator[Problem]:
    """What the dialog of this name asks for that a house may not have."""
    dialog, file = source.dialogs[name], source.files[name]
    for place, what, remedy in (*_of_the_whole(dialog), *_of_nodes(source, dialog)):
        yield Problem(file, place, what, remedy)


def _of_the_whole(dialog: Dialog) -> Iterator[tuple[str, str, str]]:
    if not dialog.dialog.startswith(BEGINS) or len(dialog.dialog) > LONGEST:
        remedy = f"Begin it with `{BEGINS}`, and take {LONGEST} characters at most"
        yield "dialog", "this name could stand in the way of one of ours", remedy
    if len(dialog.nodes) > NODES:
        remedy = f"Keep it to {NODES}; a shorter one is read to its end"
        yield "nodes", f"there are {len(dialog.nodes)} of them", remedy
    if not set(dialog.audience) <= _AUDIENCE:
        yield "for", "this is more than the people of a house", f"Take some of {', '.join(sorted(_AUDIENCE))}"
    for key in ("command", "parameters", "passing", "begun", "asks_house", "listed_for"):
        if getattr(dialog, key):
            yield key, "a house's own dialog can't have this", "Take it out: people find it among the skills"


def _of_nodes(source: Source, dialog: Dialog) -> Iterator[tuple[str, str, str]]:
    for place, node in dialog.nodes.items():
        match node:
            case GoNode(go_to=expression) if expression is not None:
                yield place, "where it goes can't be told beforehand", "Name the dialog: `go: sos`"
            case GoNode(go=str(go)) if go not in {dialog.dialog, *source.vocabulary.own.dialogs}:
                open_to_all = ", ".join(source.vocabulary.own.dialogs)
                yield place, f"it can't go to “{go}” from here", f"Take one of {open_to_all}"
            case DoNode(do=action, arguments=arguments) if action == RECORD:
                skill = arguments.get("skill")
                if skill is None or skill.names or skill.value({}) != dialog.dialog:
                    yield place, "what was practised is something else", f"Write `skill: \"'{dialog.dialog}'\"`"
            case AskNode(takes=takes) if takes:
                yield place, "nobody is there to look at it", "Ask for words"
            case AskNode(expects="hard_words"):
                yield place, "words of danger are always heard", "Take `expects` out"
            case AskNode(expects="name"):
                yield place, "a name goes nowhere from here", "Take `expects` out"
            case PaceNode(pace=pace) if pace.rounds * sum(step.seconds for step in pace.steps) > _MINUTES * 60:
                yield place, "it takes too long to go through at one time", f"Keep it to {_MINUTES} minutes"
            case _:
                pass
