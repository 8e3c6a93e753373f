"""Where somebody stands can be written down and read again."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.progress import PARKED_AT_MOST, Place, Progress
from dialogs.values import Plain

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain: st.SearchStrategy[Plain] = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words | st.lists(words).map(tuple)
)
places = st.builds(
    Place, dialog=words, revision=st.integers(1, 99), node=words, answers=st.dictionaries(words, plain, max_size=4)
)
progresses = st.builds(
    Progress,
    turn=st.integers(0, 10**6),
    place=st.none() | places,
    parked=st.lists(places, max_size=PARKED_AT_MOST).map(tuple),
    pressed=st.none() | words,
)


@given(progresses)
def test_what_is_written_is_read_again(progress: Progress) -> None:
    assert Progress.from_json(progress.turn, progress.to_json()) == progress


def test_what_is_parked_is_kept_once_and_the_oldest_is_let_go() -> None:
    progress = Progress()
    for name in ("a", "b", "c", "d", "b"):
        progress = progress.at(Place(dialog=name, revision=1, node="one")).park()

    assert [place.dialog for place in progress.parked] == ["c", "d", "b"]
    assert progress.place is None
    assert progress.park() == progress
