"""Several texts as one, a line each, in the language of whoever reads them."""

from collections.abc import Sequence

from dialogs.values import Text


def a_line_each(texts: Sequence[Text]) -> Text:
    """The texts under one another."""
    names = [f"line{number}" for number in range(len(texts))]
    return Text("\n".join(f"{{{name}}}" for name in names), dict(zip(names, texts, strict=True)))
