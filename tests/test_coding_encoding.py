"""The arrays that the network reads: offsets, markers, and who sees whom."""

import numpy as np

from detente.coding.encoding import FIRST, NAMED, PIECES, SECOND, SLOTS, Batch, batch, fill, inputs, pieces, places
from detente.coding.network import verdicts
from detente.coding.windows import Window, windows
from detente.reading import annotate
from detente.types import Document

TEXT = "Pakistan denied permission for NATO trucks to cross, though Islamabad later relented."


def made(*texts: str) -> tuple[list[Window], Batch]:
    found, read = [], []
    for text in texts:
        mine = windows(annotate(Document(id="x", text=text)))
        found += mine
        read += pieces(text, mine)
    return found, batch(found, read)


def test_word_pieces_know_where_they_stand_in_the_document() -> None:
    text = "It rained. " + TEXT
    (window,) = windows(annotate(Document(id="x", text=text)))
    (read,) = pieces(text, [window])
    words = [text[s:e] for s, e in zip(read.starts[1:-1], read.ends[1:-1], strict=True)]
    assert words[:3] == ["Pakistan", "denied", "permission"]
    mention = window.entities[1].mentions[0]
    inside = places(read.starts[1:-1], read.ends[1:-1], mention)
    assert [text[read.starts[n] : read.ends[n]] for n in inside] == ["NATO"]
    assert read.at[mention.start, mention.end] == inside.start


def test_markers_copy_their_mention_and_say_which_party() -> None:
    (window,), of = made(TEXT)
    kinds = of.kinds[0].tolist()
    assert kinds.count(FIRST) == len(window.pairs[0].a_mentions) == 2
    assert kinds.count(SECOND) == 1
    for place in [n for n, kind in enumerate(kinds) if kind in (FIRST, SECOND)]:
        copied = of.positions[0, place]
        assert of.ids[0, place] == of.ids[0, copied]
        assert kinds[copied] == NAMED


def test_text_never_sees_markers_and_pairs_never_see_each_other() -> None:
    windows_, of = made("France, Poland and Spain met.", TEXT)
    assert len(windows_[0].pairs) == 3
    for row in range(2):
        marker = np.isin(of.kinds[row], (FIRST, SECOND))
        text = of.seen[row].all(0)
        assert not of.seen[row][np.ix_(text, marker)].any()
        assert of.seen[row][np.ix_(marker, text)].all()
    three = np.flatnonzero(np.isin(of.kinds[0], (FIRST, SECOND)))
    assert of.seen[0][np.ix_(three, three)].sum() == 3 * 2 * 2  # each pair: two markers that see both


def test_places_of_markers_point_at_them() -> None:
    _, of = made("France, Poland and Spain met.", TEXT)
    flat = of.kinds.reshape(-1)
    assert (flat[of.first] == FIRST).all()
    assert (flat[of.second] == SECOND).all()
    assert of.window.tolist() == [0, 0, 0, 1]


def test_the_graph_gets_every_place_once_and_no_padding() -> None:
    _, of = made("France, Poland and Spain met.", TEXT)
    given = inputs(of)
    assert len(given["ids"]) == sum(window.any(0).sum() for window in of.seen) < of.ids.size
    for name in ("ids", "positions", "kinds"):
        assert (given[name] == getattr(of, name).reshape(-1)[given["slots"]]).all()
    assert (given["rows"].T.reshape(-1)[given["slots"]] == np.arange(len(given["slots"]))).all()
    assert (given["kinds"][given["first"]] == FIRST).all()
    assert (given["kinds"][given["second"]] == SECOND).all()


def test_what_stands_beside_a_window_hardly_changes_what_is_said_of_it() -> None:
    windows_, _ = made("France and Poland signed a treaty in Paris.", TEXT)
    read = [pieces(text, [w])[0] for text, w in zip(("France and Poland signed a treaty in Paris.", TEXT), windows_, strict=True)]  # fmt: skip
    together = verdicts(windows_, read)
    alone = [verdicts([w], [r])[0] for w, r in zip(windows_, read, strict=True)]
    for one, other in zip(together, alone, strict=True):
        assert np.abs(one[0].types - other[0].types).max() < 0.1  # the scale of eight bits is the whole batch's
        assert one[0].starts.shape == other[0].starts.shape


def test_repeating_keeps_the_mean() -> None:
    for count in (1, 2, 3):
        numbers = range(10, 10 + count)
        assert len(fill(numbers)) == SLOTS
        assert np.mean(fill(numbers)) == np.mean(list(numbers))


def test_a_very_long_sentence_is_cut_not_refused() -> None:
    text = "France and Poland wrote " + "very " * 400 + "long letters to Italy."
    (window,), of = made(text)
    assert of.seen[0].all(0).sum() == PIECES + 2
    assert [e.root for e in window.entities] == ["FRA", "POL"]
