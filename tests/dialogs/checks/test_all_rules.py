"""The rules together: none is forgotten, and content that keeps them all has no problem."""

import pkgutil
from importlib import import_module

from dialogs import checks
from tests.dialogs.support import card_of, dialog_of, source_of

GOOD = """
hello:
  say: Good to see you, {me}.
  next: how
how:
  rate: How is it?
  save: now
  next:
    - {when: "now >= 7", then: people}
    - {else: end}
people:
  choose: Talk to somebody?
  choices: {"yes": {label: "Yes", next: note}, "no": {label: Not now, next: end}}
note:
  do: note
  with: {words: "'hard'"}
  next: end
"""


def test_every_module_with_a_rule_is_in_the_list() -> None:
    modules = [import_module(f"dialogs.checks.{module.name}") for module in pkgutil.iter_modules(checks.__path__)]
    rules = {module.find for module in modules if hasattr(module, "find")}

    assert rules == set(checks.RULES)
    assert all(module.__doc__ for module in modules)


def test_content_that_keeps_every_rule_has_no_problem() -> None:
    card = card_of("open: {say: Somebody asks for you, choices: {on_it: {label: I'm on it, do: take}}}")

    assert checks.check(source_of(dialog_of(GOOD, head="command: talk"), card)) == ()


def test_every_problem_is_told_at_once_and_in_order() -> None:
    wrong = dialog_of("a: {say: 'Hello {nobody}', next: lost}\nb: {do: dance, next: end}")

    problems = checks.check(source_of(wrong))

    assert [problem.place for problem in problems] == sorted(problem.place for problem in problems)
    assert {problem.what for problem in problems} == {
        "nobody knows “nobody”",
        "it leads to “lost”, which is not there",
        "nothing leads here",
        "nobody does “dance”",
    }
