"""Updates of every kind, as Telegram would send them, and as it never would."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st

from tests.reliability.bench import CAST

ANA: Final = CAST["Ana"][0]
STRANGER: Final = 4242
_FILE: Final = {"file_id": "abc", "file_unique_id": "a"}

# Any throughout: an update is whatever came in.
Raw = dict[str, Any]

texts = st.sampled_from(["/start", "/start CODE", "/menu", "/checkin", "/sos@other", "hm", "🆘 SOS ", "8", "/", "😄"])
people = st.sampled_from([ANA, STRANGER])
callback_data = st.one_of(
    st.from_regex(r"\A[sc]:[a-z_]{0,12}:[0-9]{1,24}(:[a-z_]{0,10})?\Z"),
    st.from_regex(r"\As:[0-9]{1,14}:[a-z0-9_]{0,12}\Z"),
    st.from_regex(r"\Ac:(alert|my_alert|announced):[0-9]{18,20}:(on_it|ok|cant)\Z"),
    st.text(max_size=64),
)


def _from(who: int, name: str = "Ana") -> Raw:
    return {"id": who, "is_bot": False, "first_name": name, "language_code": "en"}


def _message(who: int, **content: Any) -> Raw:
    return {"message_id": 7, "date": 0, "chat": {"id": who, "type": "private"}, "from": _from(who), **content}


@st.composite
def well_formed(draw: st.DrawFn) -> Raw:
    """One update of any kind, without its id."""
    who = draw(people)
    said = _message(who, text=draw(texts))
    query = {"id": "1", "from": _from(who), "message": said, "chat_instance": "1", "data": draw(callback_data)}
    member = {"user": _from(who), "status": draw(st.sampled_from(["member", "kicked", "left"]))}
    change = {
        "chat": said["chat"],
        "from": _from(who),
        "date": 0,
        "old_chat_member": member,
        "new_chat_member": member,
    }
    kinds: Sequence[Raw] = (
        {"message": said},
        {"message": _message(who, photo=[_FILE, _FILE], caption="look")},
        {"message": _message(who, voice={**_FILE, "duration": 3})},
        {"message": _message(who, sticker=_FILE)},
        {"message": _message(who, location={"latitude": 1.0, "longitude": 2.0})},
        {"message": _message(who, contact={"phone_number": "1", "first_name": "A"})},
        {"message": _message(who, poll={"id": "1", "question": "?", "options": []})},
        {"message": _message(who, new_chat_members=[_from(who)])},
        {"message": {**said, "chat": {"id": -5, "type": "group", "title": "G"}}},
        {"message": {**said, "forward_origin": {"type": "hidden_user", "sender_user_name": "X", "date": 0}}},
        {"message": {**said, "reply_to_message": said}},
        {"edited_message": {**said, "edit_date": 1}},
        {"callback_query": query},
        {"callback_query": {key: value for key, value in query.items() if key != "message"}},
        {"my_chat_member": change},
        {"chat_member": change},
        {
            "message_reaction": {
                "chat": said["chat"],
                "message_id": 7,
                "user": _from(who),
                "date": 0,
                "new_reaction": [],
            }
        },
        {"inline_query": {"id": "1", "from": _from(who), "query": "", "offset": ""}},
        {"poll_answer": {"poll_id": "1", "user": _from(who), "option_ids": [0]}},
        {"something_of_next_year": {"a": 1}},
    )
    return dict(draw(st.sampled_from(kinds)))


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


odd_texts = st.one_of(
    st.text(alphabet=st.characters(), max_size=20),  # lone surrogates too
    st.sampled_from(["\ud800", "\x00", "\u202eabc", "a" * 5000, ""]),
)
junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**31, 2**52, 2**63, -(2**63) - 1, 10**40, -1, 0]),
    st.floats(),
    odd_texts,
    st.builds(_nested, st.sampled_from([1, 50, 600])),
    st.just([]),
    st.just({}),
    st.recursive(
        st.none() | odd_texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(odd_texts, inner)
    ),
)


@st.composite
def mutilated(draw: st.DrawFn) -> Raw:
    """A well-formed one after one to three accidents: a field lost, replaced, or put where none was."""
    update: Any = draw(well_formed())
    for _ in range(draw(st.integers(1, 3))):
        update = _hurt(draw, update)
    return update if isinstance(update, dict) else {"message": update}


def _hurt(draw: st.DrawFn, value: Any) -> Any:
    if not isinstance(value, Mapping) or not value or draw(st.integers(0, 4)) == 0:
        return draw(junk)
    key = draw(st.sampled_from(sorted(value, key=repr)))
    rest = {name: each for name, each in value.items() if name != key}
    return rest if draw(st.integers(0, 4)) == 0 else {**rest, key: _hurt(draw, value[key])}
