"""`python -m dialogs`: check the content, play it, draw it, extract its texts, keep its transcripts."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from babel import Locale, UnknownLocaleError
from rich.console import Console

from dialogs.checks import check as find_problems
from dialogs.extract import extract as extract_texts
from dialogs.library import CONTENT, LOCALES, VOCABULARY, Library, Problem, Source, read_source

app = typer.Typer(help="Look after what Hearth says.", no_args_is_help=True, add_completion=False)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

ContentOption = Annotated[Path, typer.Option("--content", help="The folder of YAML files.")]
LocalesOption = Annotated[Path, typer.Option("--locales", help="The folder of translations.")]


@app.command()
def check(content: ContentOption = CONTENT, locales: LocalesOption = LOCALES) -> None:
    """Name every mistake in the content at once."""
    source, unreadable = read_source(content, locales, VOCABULARY)
    problems = tuple(sorted({*unreadable, *find_problems(source)}))
    if problems:
        _refuse(problems)
    languages = ", ".join(source.catalogues.locales)
    out.print(
        f"All is well: {len(source.dialogs)} dialogs, {len(source.cards)} cards, "
        f"{len(source.phrases)} phrases ({languages}).",
        markup=False,
    )


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
