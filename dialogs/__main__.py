"""`python -m dialogs`: check the content, play it, draw it, extract its texts, keep its transcripts."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import yaml
from babel import Locale, UnknownLocaleError
from rich.console import Console

from dialogs.checks import check as find_problems
from dialogs.checks.reading_level import grades
from dialogs.extract import extract as extract_texts
from dialogs.library import CONTENT, LOCALES, VOCABULARY, Library, Problem, Source, read_source
from dialogs.play import Conversation, PlayError, given_values
from dialogs.reading import read_yaml
from dialogs.terminal import play_in_terminal
from dialogs.texts import SOURCE_LOCALE
from dialogs.transcripts import Transcript, missing, perform

app = typer.Typer(help="Look after what Hearth says.", no_args_is_help=True, add_completion=False)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

TRANSCRIPTS = CONTENT.parents[1] / "tests" / "transcripts"

ContentOption = Annotated[Path, typer.Option("--content", help="The folder of YAML files.")]
LocalesOption = Annotated[Path, typer.Option("--locales", help="The folder of translations.")]


@app.command()
def check(
    *,
    content: ContentOption = CONTENT,
    locales: LocalesOption = LOCALES,
    show_grades: Annotated[
        bool, typer.Option("--grades", help="List how hard each is to read, hardest first.")
    ] = False,
) -> None:
    """Name every mistake in the content at once."""
    source, unreadable = read_source(content, locales, VOCABULARY)
    problems = tuple(sorted({*unreadable, *find_problems(source)}))
    if problems:
        _refuse(problems)
    if show_grades:
        for name, grade in sorted(grades(source).items(), key=lambda one: (-one[1], one[0])):
            out.print(f"{grade:5.1f}  {name}", markup=False)
    languages = ", ".join(source.catalogues.locales)
    out.print(
        f"All is well: {len(source.dialogs)} dialogs, {len(source.cards)} cards, "
        f"{len(source.phrases)} phrases ({languages}){_hardest(source)}.",
        markup=False,
        soft_wrap=True,
    )


def _hardest(source: Source) -> str:
    """The dialog that is hardest to read, with its grade."""
    name, grade = max(grades(source).items(), key=lambda one: one[1], default=("", 0.0))
    return f"; at most grade {grade:.1f} to read ({name})" if name else ""


@app.command()
def graph(name: str, content: ContentOption = CONTENT) -> None:
    """Draw a dialog, as mermaid."""
    library = _library(content, LOCALES)
    if name not in library.scripts:
        _stop(f"There is no dialog “{name}”. There are: {', '.join(sorted(library.scripts))}.")
    typer.echo(library.scripts[name].ways.mermaid())


@app.command()
def extract(
    locale: Annotated[str | None, typer.Option(help="Only this language; one that is new is begun.")] = None,
    content: ContentOption = CONTENT,
    locales: LocalesOption = LOCALES,
) -> None:
    """Bring the translators' files in step with the content."""
    source = _source(content, locales)
    chosen = [locale] if locale else [path.parent.name for path in sorted(locales.glob("*/dialogs.po"))]
    for one in chosen:
        try:
            language = Locale.parse(one)
        except (UnknownLocaleError, ValueError):
            _stop(f"“{one}” is no language. Give its code, such as `pt`.")
        path = locales / one / "dialogs.po"
        left = extract_texts(source, path, one)
        out.print(f"{path}: {language.english_name}, {left} to translate.", markup=False, soft_wrap=True)


@app.command()
def play(
    name: str,
    locale: Annotated[str, typer.Option(help="The language to play in.")] = SOURCE_LOCALE,
    facts: Annotated[list[str] | None, typer.Option(help="What is so: name=value, as often as you like.")] = None,
    record: Annotated[Path | None, typer.Option(help="Write the conversation to this file.")] = None,
) -> None:
    """Play a dialog here: type a button's number or words; q leaves."""
    known = dict(_fact(pair) for pair in facts or ())
    try:
        said = play_in_terminal(out, Conversation(_library(CONTENT, LOCALES), name, locale, given_values(known)))
        if record is not None:
            transcript = Transcript(dialog=name, locale=locale, facts=known, said=said)
            record.write_text(perform(_library(CONTENT, LOCALES), transcript), encoding="utf-8")
            out.print(f"Written to {record}.", markup=False)
    except PlayError as error:
        _stop(str(error))


@app.command()
def transcripts(
    *,
    update: Annotated[bool, typer.Option("--update", help="Record all of them anew.")] = False,
    begin: Annotated[str | None, typer.Option(help="Begin this language's from the English ones.")] = None,
    folder: Annotated[Path, typer.Option(help="Where they are.")] = TRANSCRIPTS,
) -> None:
    """Say which transcripts are missing or no longer true, or record them anew."""
    library = _library(CONTENT, LOCALES)
    found = [Transcript.read(path) for path in sorted(folder.glob("*.txt"))]
    if begin is not None:
        there = {one.file for one in found}
        english = (replace(one, locale=begin) for one in found if one.locale == SOURCE_LOCALE)
        found = [one for one in english if one.file not in there]
    wrong = [f"{name}: it is not there. Play it, with --record" for name in missing(library, folder) if begin is None]
    for one in found:
        path = folder / one.file
        try:
            text = perform(library, one, by_position=update or begin is not None)
        except PlayError as error:
            wrong.append(f"{one.file}: {error}")
            continue
        if update or begin is not None:
            path.write_text(text, encoding="utf-8")
        elif text != path.read_text(encoding="utf-8"):
            wrong.append(f"{one.file}: it reads otherwise today. Run with --update, and read what changed")
    for sentence in wrong:
        err.print(sentence, markup=False, soft_wrap=True)
    out.print(f"{len(found)} transcripts, {len(wrong)} to look at.", markup=False)
    if wrong:
        raise typer.Exit(1)


def _fact(pair: str) -> tuple[str, object]:
    name, found, value = pair.partition("=")
    try:
        read = read_yaml(value) if found else _no_fact(pair)
    except yaml.YAMLError:
        _no_fact(pair)
    return name, read


def _no_fact(pair: str) -> NoReturn:
    _stop(f"“{pair}” is no fact. Write it as name=value, a list as name=[one, two].")


def _source(content: Path, locales: Path) -> Source:
    """The content, mistakes in its meaning allowed; unreadable files are not, for they would look like gone."""
    source, unreadable = read_source(content, locales, VOCABULARY)
    if unreadable:
        _refuse(unreadable)
    return source


def _library(content: Path, locales: Path) -> Library:
    return Library(_source(content, locales))


def _refuse(problems: tuple[Problem, ...]) -> NoReturn:
    for problem in problems:
        err.print(str(problem), markup=False, soft_wrap=True)
    plural = "problem" if len(problems) == 1 else "problems"
    err.print(f"{len(problems)} {plural}.", markup=False)
    raise typer.Exit(1)


def _stop(sentence: str) -> NoReturn:
    err.print(sentence, markup=False, soft_wrap=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    app()
