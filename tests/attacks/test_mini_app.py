"""The Mini App opens for whom Telegram signs, for a while, and for nobody who forges, swaps, replays or doubles."""

import string
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.init_data import LIFE, SIZE_LIMIT, NotBelieved, who_opened
from tests.support.init_data import fields_of, hash_of, signed

TOKEN = "1000001:a-token-of-no-value"
NOW = datetime(2027, 3, 3, 14, 0, tzinfo=UTC)
ANA, MALLORY = 501, 666

FIELDS = fields_of(ANA, NOW)
GOOD = signed(FIELDS, TOKEN)

some_fields = st.dictionaries(
    st.text(string.ascii_lowercase + "_", min_size=1, max_size=12).filter(lambda name: name != "hash"),
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=20),
    max_size=5,
).map(lambda more: {**more, **FIELDS})


def refused(told: bytes, *, token: str = TOKEN, now: datetime = NOW) -> bool:
    try:
        who_opened(told, token=token, now=now)
    except NotBelieved:
        return True
    return False


@given(some_fields)
def test_whom_telegram_signs_is_believed_whatever_else_it_tells(fields: dict[str, str]) -> None:
    assert who_opened(signed(fields, TOKEN), token=TOKEN, now=NOW) == ANA


@given(st.binary(max_size=300))
def test_whatever_is_made_up_is_refused(told: bytes) -> None:
    assert refused(told)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_one_byte_that_is_different_is_refused(place: int, byte: int) -> None:
    forged = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    same = forged.isascii() and parse_qsl(forged.decode()) == parse_qsl(GOOD.decode())  # such as %2c for %2C
    assert same or refused(forged)


@given(st.text(string.ascii_letters + string.digits + ":-_", max_size=40).filter(lambda token: token != TOKEN))
def test_another_bots_token_signs_nothing_here(token: str) -> None:
    assert refused(signed(FIELDS, token))


def test_somebody_elses_number_in_a_good_signature_is_refused() -> None:
    swapped = FIELDS | {"user": fields_of(MALLORY, NOW)["user"]}
    assert refused(urlencode({**swapped, "hash": hash_of(FIELDS, TOKEN)}).encode())


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_field_taken_out_is_refused(name: str) -> None:
    less = {each: value for each, value in FIELDS.items() if each != name}
    assert refused(urlencode({**less, "hash": hash_of(FIELDS, TOKEN)}).encode())


@pytest.mark.parametrize("name", [*sorted(FIELDS), "hash"])
@pytest.mark.parametrize("first", [True, False])
def test_no_field_comes_twice(name: str, first: bool) -> None:
    again = urlencode({name: dict(parse_qsl(GOOD.decode()))[name]}).encode()
    assert refused(again + b"&" + GOOD if first else GOOD + b"&" + again)


@pytest.mark.parametrize(
    "given", ["", "0" * 64, hash_of(FIELDS, TOKEN).upper(), hash_of(FIELDS, TOKEN)[:-1], "é" * 32]
)
def test_a_wrong_hash_is_refused(given: str) -> None:
    assert refused(urlencode({**FIELDS, "hash": given}).encode())


def test_no_hash_is_refused() -> None:
    assert refused(urlencode(FIELDS).encode())


def test_the_lines_under_a_signature_cannot_be_cut_anew() -> None:
    """Two fields signed as two lines are not one field that holds a line break, nor the other way round."""
    lines = {"query_id": f"{FIELDS['query_id']}\nsignature={FIELDS['signature']}"}
    fields = {name: value for name, value in FIELDS.items() if name != "signature"} | lines
    assert hash_of(fields, TOKEN) == hash_of(FIELDS, TOKEN)
    assert refused(signed(fields, TOKEN))
    fields = {name: value for name, value in FIELDS.items() if name != "signature"} | {"signature=of": "x"}
    assert refused(signed(fields, TOKEN))


@given(st.integers(0, int(LIFE.total_seconds())))
def test_it_lives_a_quarter_of_an_hour(seconds: int) -> None:
    assert not refused(GOOD, now=NOW + timedelta(seconds=seconds))


@given(st.timedeltas(min_value=LIFE + timedelta(seconds=1), max_value=timedelta(days=3000)))
def test_what_is_older_is_refused(age: timedelta) -> None:
    assert refused(GOOD, now=NOW + age)


@given(st.timedeltas(min_value=timedelta(seconds=61), max_value=timedelta(days=700)))
def test_what_comes_from_the_future_is_refused(ahead: timedelta) -> None:
    assert refused(GOOD, now=NOW - ahead)


@pytest.mark.parametrize("signed_at", ["", "now", "-1", "1e9", "٣", " 1804082400", "9" * 400])
def test_no_moment_is_refused_though_signed(signed_at: str) -> None:
    assert refused(signed(FIELDS | {"auth_date": signed_at}, TOKEN))


@pytest.mark.parametrize(
    "user", ["", "{", "null", "[]", "501", "{}", '{"id":"501"}', '{"id":true}', '{"id":0}', '{"id":-5}', '{"id":5.5}']
)
def test_nobody_is_refused_though_signed(user: str) -> None:
    assert refused(signed(FIELDS | {"user": user}, TOKEN))


@pytest.mark.parametrize(
    "odd", [b"", b"&", b"=", b"hash", "user=ñ".encode(), b"user=%ff", b"\x00", GOOD + b"&", b"%"]
)
def test_what_is_no_form_is_refused(odd: bytes) -> None:
    assert refused(odd)


def test_what_is_huge_is_refused_though_signed() -> None:
    assert refused(signed(FIELDS | {"start_param": "a" * SIZE_LIMIT}, TOKEN))
    assert refused(b"&".join(f"a{quote(str(number))}=1".encode() for number in range(1000)))
