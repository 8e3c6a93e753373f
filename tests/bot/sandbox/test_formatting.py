"""Parsing of HTML and MarkdownV2, and the entities Telegram finds by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.formatting import parse_html, parse_markdown
from bot.sandbox.text import found_entities, length
from bot.sandbox.wire import BotApiError


def spans(entities: list[dict[str, object]]) -> list[tuple[object, object, object]]:
    """Entities as tuples, for reading."""
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


def test_offsets_count_utf16_code_units() -> None:
    text, entities = parse_html("😀 <b>bold</b> &amp; <i>é</i>")
    assert text == "😀 bold & é"
    assert spans(entities) == [("bold", 3, 4), ("italic", 10, 1)]


def test_html_nests_and_carries_links_and_languages() -> None:
    text, entities = parse_html(
        '<a href="https://x.org/?a=1&amp;b">go <u>on</u></a><pre><code class="language-py">x</code></pre>'
    )
    assert text == "go onx"
    assert spans(entities) == [("text_link", 0, 5), ("underline", 3, 2), ("pre", 5, 1)]
    assert (entities[0]["url"], entities[2]["language"]) == ("https://x.org/?a=1&b", "py")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag, expected "</b>", found "</i>" at byte offset 4'),
        ("é <blink>", 'Unsupported start tag "blink" at byte offset 3'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_broken_html_is_refused_with_its_place(source: str, why: str) -> None:
    with pytest.raises(BotApiError, match="can't parse entities") as error:
        parse_html(source)
    assert error.value.description == f"Bad Request: can't parse entities: {why}"


def test_markdown_marks_links_and_code() -> None:
    text, entities = parse_markdown("*b* _i_ __u__ ~s~ ||p|| [go](https://x.org) `a*b` ```py\nx```")
    assert text == "b i u s p go a*b x"
    kinds = [entity["type"] for entity in entities]
    assert kinds == ["bold", "italic", "underline", "strikethrough", "spoiler", "text_link", "code", "pre"]
    assert entities[-1]["language"] == "py"


@pytest.mark.parametrize("source", ["done.", "*x", "a [b", "`x", "1-2"])
def test_unescaped_markdown_is_refused(source: str) -> None:
    with pytest.raises(BotApiError, match="can't parse entities"):
        parse_markdown(source)


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = "".join(f"\\{c}" if c in r"\_*[]()~`>#+-=|{}.!" else c for c in text)
    assert parse_markdown(escaped) == (text, [])
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(html) == (text, [])


def test_commands_links_and_mentions_are_found() -> None:
    text = "😀 /sos now, see https://x.org. @maria #home a@b.org 1/2"
    found = [(e["type"], e["length"]) for e in found_entities(text, [])]
    assert found == [("bot_command", 4), ("url", 13), ("mention", 6), ("hashtag", 5), ("email", 7)]


@given(st.text())
def test_length_is_what_utf16_says(text: str) -> None:
    expected = sum(2 if ord(c) > 0xFFFF else 1 for c in text if not 0xD800 <= ord(c) <= 0xDFFF)
    assert length(text) == expected
