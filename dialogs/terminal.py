"""Playing a dialog by hand: what the bot says in white, buttons with their numbers, what happens besides dimmed."""

from collections.abc import Iterable

from rich.console import Console

from dialogs.play import BACK, SENT, SILENCE, Conversation, Line
from dialogs.transcripts import Said

_LEAVE = "q"


def play_in_terminal(console: Console, conversation: Conversation) -> tuple[Said, ...]:
    """Plays until the conversation ends, or `q` or the end of input leaves it; gives what the person said."""
    _aside(console, f"Type a button's number or words; {SILENCE}, {BACK}, {SENT} do what they say; {_LEAVE} leaves.")
    said: list[Said] = []
    _show(console, conversation, conversation.start())
    while not conversation.over:
        try:
            line = console.input("\n[bold cyan]>[/] ").strip()
        except (EOFError, KeyboardInterrupt):
            break
        if line == _LEAVE:
            break
        if not line:
            continue
        position = _pressed(conversation.buttons, line)
        said.append(Said(line if position is None else f"[{conversation.buttons[position]}]", position))
        lines = conversation.say(line) if position is None else conversation.press(position)
        _show(console, conversation, lines)
    return tuple(said)


def _pressed(buttons: tuple[str, ...], line: str) -> int | None:
    """The button that is meant: by its label first (8 on a scale is the 8), then by its number."""
    lowered = [label.casefold() for label in buttons]
    if line.casefold() in lowered:
        return lowered.index(line.casefold())
    if line.isascii() and line.isdigit() and 1 <= int(line) <= len(buttons):
        return int(line) - 1
    return None


def _show(console: Console, conversation: Conversation, lines: Iterable[Line]) -> None:
    console.print()
    for line in lines:
        if line.kind == "words":
            console.print(line.text, markup=False, soft_wrap=True)
        elif line.kind == "aside":
            _aside(console, line.text)
    for number, label in enumerate(conversation.buttons, start=1):
        console.print(f"  {number:>2}  {label}", markup=False, style="cyan", soft_wrap=True)


def _aside(console: Console, text: str) -> None:
    console.print(text, markup=False, style="dim", soft_wrap=True)
