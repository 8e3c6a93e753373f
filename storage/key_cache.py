"""Unwrapped data keys, kept so that a known person costs no query."""

from collections import OrderedDict

from storage.sealing import DataKey


class KeyCache:
    """The data keys used last, at most `size` of them; a destroyed key never comes back."""

    def __init__(self, size: int = 50_000) -> None:
        self._size = size
        self._keys: OrderedDict[int, DataKey] = OrderedDict()
        self._destroyed: set[int] = set()

    def get(self, subject_id: int) -> DataKey | None:
        """The key, if it is here; now the most recent."""
        key = self._keys.get(subject_id)
        if key is not None:
            self._keys.move_to_end(subject_id)
        return key

    def put(self, subject_id: int, key: DataKey) -> None:
        """Keep a key, letting go of the one used longest ago."""
        if subject_id in self._destroyed:
            return  # a reader that began before the deletion still saw it
        self._keys[subject_id] = key
        if len(self._keys) > self._size:
            self._keys.popitem(last=False)

    def destroy(self, subject_id: int) -> None:
        """Let go of a key for good; ids are never used again."""
        self._destroyed.add(subject_id)
        self._keys.pop(subject_id, None)
