"""What the Mini App shows before it knows whose it is; and what a browser may do with it: almost nothing.

The page runs one script, which stands in it, and loads none from anywhere. Telegram hands it `initData` in the part
of the address that never reaches a server (`#tgWebAppData=…`); the script brings it to us and puts our answer in the
page's place. Scripts in an answer would not run.
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from typing import Final

from bot.membership.export_page import STYLE
from dialogs.library import Library
from dialogs.texts import Reader
from dialogs.values import Text

_SCRIPT: Final = """
"use strict";
const told = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData") ?? "";
fetch("app/data", { method: "POST", body: told, credentials: "omit" })
  .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
  .then((text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.replaceChild(document.adoptNode(page.documentElement), document.documentElement);
  })
  .catch(() => {
    document.getElementById("wait").hidden = true;
    document.getElementById("closed").hidden = false;
  });
"""


def _source(content: str) -> str:
    """What a Content-Security-Policy calls exactly this script or style."""
    return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; script-src {_source(_SCRIPT)}; style-src {_source(STYLE)}; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors https://web.telegram.org"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Of everything the Mini App is answered. Telegram's web client, and no other page, may show it in a frame."""


def draw_waiting_page(library: Library, reader: Reader) -> str:
    """The page as it is opened, the same for everybody who reads this language."""

    def say(phrase: str) -> str:
        return escape(library.catalogues.render(Text(library.phrases[phrase]), reader))

    return (
        f'<!DOCTYPE html>\n<html lang="{escape(reader.locale)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Hearth</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<p id="wait">{say("page_wait")}</p>\n<p id="closed" hidden>{say("page_closed")}</p>\n'
        f"<script>{_SCRIPT}</script>\n</body>\n</html>\n"
    )
