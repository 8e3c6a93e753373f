"""The phones page in a real browser, on a real sandbox, with a bot played by raw Bot API calls."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar

import aiohttp
import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from bot.clock import SystemClock
from bot.sandbox.player import Script, Stage
from bot.sandbox.server import Sandbox

CHROMIUM = Path("/usr/bin/chromium")
DRIVER = Path("/usr/bin/chromedriver")
PATIENCE = 10  # seconds until a condition that should come true at once counts as never

SAM, MARIA = 101, 102
T = TypeVar("T")

Json: TypeAlias = Any  # what arrives over HTTP is checked by the assertion that reads it

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM.exists() and DRIVER.exists()), reason="no Chromium with chromedriver here"),
]


class House:
    """A sandbox with a bot on one side and two people on the other."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url = url
        self._http = http
        self._offset = 0

    async def bot(self, method: str, **params: Json) -> Json:
        """Call the Bot API as the bot."""
        async with self._http.post(f"{self.url}/bot123456:page/{method}", json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def control(self, method: Literal["GET", "POST"], path: str, body: Json = None) -> Json:
        """Call the control API."""
        async with self._http.request(method, f"{self.url}/control{path}", json=body) as response:
            assert response.ok, await response.text()
            return await response.json()

    async def next_update(self, kind: str) -> Json:
        """Wait for the next update, which must be of this kind, and confirm it."""
        updates = await self.bot("getUpdates", offset=self._offset, timeout=PATIENCE, limit=1)
        assert updates, f"no {kind} came"
        self._offset = updates[0]["update_id"] + 1
        assert kind in updates[0], updates[0]
        return updates[0][kind]


class Page:
    """The page, seen and touched as a person would; waits run beside the server, in a thread."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self._driver = driver

    async def open(self, url: str) -> None:
        """Load the page and wait until its two phones are there."""
        await asyncio.to_thread(self._driver.get, url)
        await self.until(lambda: len(self._all(".phone")) == 2)

    async def see(self, css: str, text: str = "", *, user: int | None = None) -> WebElement:
        """Wait until an element that fits is in sight and has this text in it."""

        def find() -> WebElement | None:
            found = (node for node in self._all(css, user) if node.is_displayed() and text in node.text)
            return next(found, None)

        return await self.until(find)

    async def click(self, css: str, text: str = "", *, user: int | None = None) -> None:
        """Click the element that fits, once it is in sight."""
        node = await self.see(css, text, user=user)
        await asyncio.to_thread(node.click)

    async def until(self, condition: Callable[[], T | None]) -> T:
        """Wait until a condition gives something true."""
        # A bubble may be drawn anew between being found and being read; the next look finds the new one.
        wait = WebDriverWait(self._driver, PATIENCE, 0.05, ignored_exceptions=[StaleElementReferenceException])
        return await asyncio.to_thread(wait.until, lambda _: condition() or False)

    def count(self, css: str, *, user: int | None = None) -> int:
        """How many elements fit just now."""
        return len(self._all(css, user))

    def _all(self, css: str, user: int | None = None) -> list[WebElement]:
        scope = "" if user is None else f'[data-user="{user}"] '
        return self._driver.find_elements(By.CSS_SELECTOR, scope + css)


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--window-size=1440,900",
    ):
        options.add_argument(argument)
    # The path is said, so that selenium looks for no driver of its own.
    chrome = webdriver.Chrome(options=options, service=Service(executable_path=str(DRIVER)))
    yield chrome
    chrome.quit()


@asynccontextmanager
async def sandbox_of_two(
    *, store: Path | None = None, port: int = 0, script: Script | None = None
) -> AsyncIterator[House]:
    """A sandbox with Sam, a participant, and Maria, a mentor."""
    sandbox = Sandbox(clock=SystemClock(), store=store, port=port, script=script)
    async with sandbox, aiohttp.ClientSession() as http:
        house = House(sandbox.url, http)
        if not (await house.control("GET", "/state"))["users"]:
            sam = {"id": SAM, "first_name": "Sam", "title": "Participant", "start_parameter": "maple"}
            await house.control("POST", "/users", sam)
            await house.control("POST", "/users", {"id": MARIA, "first_name": "Maria", "title": "Mentor"})
        yield house


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with sandbox_of_two() as house:
        yield house


@pytest.fixture
async def page(driver: webdriver.Chrome, house: House) -> Page:
    page = Page(driver)
    await page.open(house.url)
    return page


async def started(house: House, user: int = SAM) -> None:
    """Somebody has opened the chat, and the bot has heard it."""
    await house.control("POST", f"/users/{user}/start", {})
    await house.next_update("message")


async def asked(house: House, user: int = SAM) -> Json:
    """The bot asks for a mood from 1 to 5."""
    row = [{"text": str(n), "callback_data": f"mood:{n}"} for n in range(1, 6)]
    return await house.bot(
        "sendMessage", chat_id=user, text="How was today?", reply_markup={"inline_keyboard": [row]}
    )


async def test_start_begins_the_chat_with_the_persons_own_parameter(house: House, page: Page) -> None:
    await page.click(".start", "START", user=SAM)

    assert (await house.next_update("message"))["text"] == "/start maple"
    await page.see(".mine .text", "/start maple", user=SAM)


async def test_a_message_with_buttons_appears_on_its_own_phone_and_on_no_other(house: House, page: Page) -> None:
    await started(house)
    await asked(house)

    await page.see(".theirs .text", "How was today?", user=SAM)
    await page.see(".inline-keyboard .key", "4", user=SAM)
    assert page.count(".theirs", user=MARIA) == 0


async def test_a_tap_stays_pressed_until_the_bot_answers_and_the_answer_is_shown(house: House, page: Page) -> None:
    await started(house)
    await asked(house)
    await page.click(".inline-keyboard .key", "4", user=SAM)

    tap = await house.next_update("callback_query")
    assert tap["data"] == "mood:4"
    await page.see(".key[aria-busy]", "4", user=SAM)

    await house.bot("answerCallbackQuery", callback_query_id=tap["id"], text="Noted.")
    await page.see(".toast", "Noted.", user=SAM)
    assert page.count(".key[aria-busy]", user=SAM) == 0


async def test_an_alert_waits_for_its_ok(house: House, page: Page) -> None:
    await started(house)
    await asked(house)
    await page.click(".inline-keyboard .key", "4", user=SAM)
    tap = await house.next_update("callback_query")
    await house.bot("answerCallbackQuery", callback_query_id=tap["id"], text="Maria has it.", show_alert=True)

    await page.see(".alert", "Maria has it.", user=SAM)
    await page.click(".alert button", "OK", user=SAM)
    await page.until(lambda: page.count(".alert-veil[hidden]", user=SAM) == 1)


async def test_an_edit_changes_the_bubble_where_it_stands(house: House, page: Page) -> None:
    await started(house)
    message = await asked(house)
    await page.see(".theirs .text", "How was today?", user=SAM)
    await house.bot("editMessageText", chat_id=SAM, message_id=message["message_id"], text="Today: 4 of 5.")

    edited = await page.see(f'[data-message-id="{message["message_id"]}"]', "Today: 4 of 5.", user=SAM)
    assert "edited" in edited.text
    assert page.count(".theirs", user=SAM) == 1
    assert page.count(".inline-keyboard", user=SAM) == 0


async def test_a_deleted_message_is_gone(house: House, page: Page) -> None:
    await started(house)
    message = await asked(house)
    await page.see(".theirs", user=SAM)
    await house.bot("deleteMessage", chat_id=SAM, message_id=message["message_id"])

    await page.until(lambda: page.count(".theirs", user=SAM) == 0)


async def test_a_key_of_the_docked_keyboard_sends_its_text(house: House, page: Page) -> None:
    await started(house)
    keyboard = {"keyboard": [[{"text": "Skills"}], [{"text": "🆘 I need someone"}]], "resize_keyboard": True}
    await house.bot("sendMessage", chat_id=SAM, text="I'm here.", reply_markup=keyboard)
    await page.click(".reply-key", "I need someone", user=SAM)

    assert (await house.next_update("message"))["text"] == "🆘 I need someone"
    await page.see(".mine .text", "🆘 I need someone", user=SAM)


async def test_enter_sends_what_was_written(house: House, page: Page) -> None:
    await started(house)
    field = await page.see("textarea", user=SAM)
    await asyncio.to_thread(field.send_keys, "a bit lonely tonight", Keys.ENTER)

    assert (await house.next_update("message"))["text"] == "a bit lonely tonight"
    await page.see(".mine .text", "a bit lonely tonight", user=SAM)


async def test_words_are_never_markup(house: House, page: Page) -> None:
    await started(house)
    words = "<img src=x onerror=alert(1)> <b>not bold</b>"
    await house.bot("sendMessage", chat_id=SAM, text=words)

    await page.see(".theirs .text", words, user=SAM)
    assert page.count(".text img, .text b", user=SAM) == 0


async def test_bold_and_links_are_drawn(house: House, page: Page) -> None:
    await started(house)
    text = '🌊 <b>Ride it</b> with <a href="https://example.org/wave">this</a>'
    await house.bot("sendMessage", chat_id=SAM, text=text, parse_mode="HTML")

    await page.see(".text strong", "Ride it", user=SAM)
    link = await page.see(".text a", "this", user=SAM)
    assert link.get_attribute("href") == "https://example.org/wave"


async def test_a_phone_nobody_holds_rings_for_a_new_message_but_not_for_an_edit(house: House, page: Page) -> None:
    await started(house, MARIA)
    message = await asked(house, MARIA)
    await page.see(".theirs", user=MARIA)
    await page.open(house.url)  # as if nobody had touched the phone for a while
    await page.see(".theirs", user=MARIA)
    await house.bot("editMessageText", chat_id=MARIA, message_id=message["message_id"], text="Later, then.")
    await page.see(".theirs", "Later, then.", user=MARIA)
    assert page.count(".banner:not([hidden])", user=MARIA) == 0

    await house.bot("sendMessage", chat_id=MARIA, text="Sam asks for someone now.")
    await page.see(".banner", "Sam asks for someone now.", user=MARIA)


async def test_the_strip_moves_the_clock(house: House, page: Page) -> None:
    await page.click("[data-move=hour]")

    await page.see("[data-move=reset]:enabled")
    assert (await house.control("GET", "/clock"))["offset"] == pytest.approx(3600, abs=1)


async def test_the_strip_blocks_the_bot_for_the_mentor(house: House, page: Page) -> None:
    await started(house, MARIA)
    await page.click(".trouble summary")
    await page.click(".switch", "The mentor has blocked the bot")

    await page.see(".start", "RESTART BOT", user=MARIA)
    await page.see(".trouble summary", "1 trouble")


async def test_a_stranger_gets_a_phone(page: Page) -> None:
    await page.click(".rest > button", "Phone")

    await page.until(lambda: page.count(".phone") == 3)


async def test_a_sandbox_that_goes_away_is_said_and_a_returned_one_is_found_again(
    driver: webdriver.Chrome, tmp_path: Path
) -> None:
    page = Page(driver)
    async with sandbox_of_two(store=tmp_path / "sandbox.json") as house:
        port = int(house.url.rpartition(":")[2])
        await started(house)
        await page.open(house.url)
        field = await page.see("textarea", user=SAM)
    await page.see("#caption", "The sandbox is not answering.")
    await asyncio.to_thread(field.send_keys, "anyone?", Keys.ENTER)
    await page.see(".toast", "Nothing was sent.", user=SAM)
    assert field.get_attribute("value") == "anyone?"

    async with sandbox_of_two(store=tmp_path / "sandbox.json", port=port):
        await page.until(lambda: page.count("#caption.worried") == 0)
        await asyncio.to_thread(field.send_keys, Keys.ENTER)
        await page.see(".mine .text", "anyone?", user=SAM)


async def test_a_day_to_watch_says_what_happens_and_can_be_stopped(driver: webdriver.Chrome) -> None:
    async def day(stage: Stage) -> None:
        stage.show("Sam wakes with a craving.", step=3, of=14)
        await asyncio.Event().wait()

    page = Page(driver)
    async with sandbox_of_two(script=day) as house:
        await page.open(house.url)
        await page.click(".watch", "Watch a day")
        await page.see("#caption", "Sam wakes with a craving.")
        await page.see("#caption small", "3 of 14")

        await page.click(".watch", "Stop the day")
        await page.see(".watch", "Watch a day")
        assert page.count("#caption.running") == 0
