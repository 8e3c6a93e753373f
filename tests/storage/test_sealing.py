"""Keys and seals, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.key_cache import KeyCache
from storage.problems import StorageProblem
from storage.sealing import DataKey, KeyProblem, Keyring, Lookup, SealBroken, new_key, parse_keys

KEY = DataKey(bytes(32))


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert KEY.open_text("people.name", 7, KEY.seal("people.name", 7, text)) == text


def test_the_same_words_never_look_the_same_twice() -> None:
    assert KEY.seal("people.name", 7, "Ada") != KEY.seal("people.name", 7, "Ada")


def test_a_seal_moved_to_another_row_column_or_key_does_not_open() -> None:
    sealed = KEY.seal("people.name", 7, "Ada")
    for key, label, row_id in ((KEY, "people.name", 8), (KEY, "x", 7), (DataKey(bytes(31) + b"1"), "people.name", 7)):
        with pytest.raises(SealBroken, match=label):
            key.open(label, row_id, sealed)


def test_a_changed_seal_and_one_of_another_version_do_not_open() -> None:
    sealed = KEY.seal("people.name", 7, "Ada")
    with pytest.raises(SealBroken):
        KEY.open("people.name", 7, sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(SealBroken, match="version"):
        KEY.open("people.name", 7, b"\x02" + sealed[1:])


def test_new_keys_parse_and_differ() -> None:
    first, second = new_key(), new_key()
    assert [len(key) for key in parse_keys(f" {first}, {second}= ,")] == [32, 32]
    assert first != second


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "is empty"), ("???", "Key 1 .* not base64"), (new_key() + ",c2hvcnQ", "Key 2 .* 5 bytes")],
    ids=["nothing", "nonsense", "a short one"],
)
def test_keys_that_cannot_be_used_are_refused_with_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(KeyProblem, match=sentence):
        parse_keys(text)


def test_any_master_key_at_hand_unwraps_and_another_names_the_variable() -> None:
    old, new = bytes(32), bytes(range(32))
    wrapped = Keyring([old]).wrap("data_keys.wrapped", 1, b"secret")
    both = Keyring([new, old])
    assert both.unwrap("data_keys.wrapped", 1, wrapped, Keyring([old]).first) == b"secret"
    with pytest.raises(StorageProblem, match="HEARTH_SECRET_KEYS"):
        Keyring([new]).unwrap("data_keys.wrapped", 1, wrapped, Keyring([old]).first)


def test_a_telegram_id_is_found_under_every_lookup_key_and_stored_under_the_newest() -> None:
    before, after = Lookup({1: b"one"}), Lookup({1: b"one", 2: b"two"})
    assert before.hash("telegram", "77") in after.hashes("telegram", "77")
    assert after.hash("telegram", "77") == after.hashes("telegram", "77")[-1]
    assert before.hash("telegram", "77") != before.hash("house", "77")


def test_the_cache_lets_go_of_the_key_used_longest_ago_and_never_takes_back_a_destroyed_one() -> None:
    cache = KeyCache(size=2)
    cache.put(1, KEY)
    cache.put(2, KEY)
    assert cache.get(1) is KEY
    cache.put(3, KEY)
    assert cache.get(2) is None
    cache.destroy(3)
    cache.put(3, KEY)
    assert cache.get(3) is None
