"""The places of a file's key paths in little memory: the same as they were given."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from generator.model.places import KeyPath, Place, pack_places

KEYS = st.lists(st.one_of(st.text(max_size=5), st.integers(0, 9)), max_size=3).map(tuple)
POINTS = st.tuples(st.integers(1, 2**31), st.integers(1, 2**31))


@given(st.dictionaries(KEYS, POINTS, max_size=20), KEYS)
def test_packed_places_are_those_that_were_packed(
    points: dict[KeyPath, tuple[int, int]], asked: KeyPath
) -> None:
    places = {
        key: Place(path="corpus/a.md", line=line, column=column) for key, (line, column) in points.items()
    }
    packed = pack_places("corpus/a.md", places)
    assert packed == places
    assert list(packed) == list(places)
    assert packed.get(asked) == places.get(asked)
    assert (asked in packed) == (asked in places)
    again = pickle.loads(pickle.dumps(packed))  # noqa: S301 (written a line above)
    assert again == packed
    assert pickle.dumps(again) == pickle.dumps(packed)
