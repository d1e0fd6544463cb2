"""What turns changed, one after the other, comes to what it would be after all of them."""

from emulator.store.changes import AGENDA, Changes

A, B = ("contact", (1,)), ("contact", (2,))


def changes(*done: tuple[str, str, tuple[int, ...]]) -> Changes:
    made = Changes()
    for verb, kind, key in done:
        if verb == "put":
            made.put(kind, key, "value")
        elif verb == "drop":
            made.drop(kind, key)
        else:
            made.clear([kind])
    return made


def test_what_came_and_went_is_gone() -> None:
    found = changes(("put", *A), ("drop", *A))

    assert (list(found.come), list(found.gone)) == ([], [A])


def test_what_was_planned_and_happened_in_one_go_was_never_written() -> None:
    assert not changes(("put", AGENDA, (1,)), ("drop", AGENDA, (1,)))


def test_what_went_and_came_again_stands_behind_all_others() -> None:
    found = changes(("put", *A), ("put", *B), ("drop", *A), ("put", *A))

    assert (list(found.come), list(found.gone)) == ([B, A], [A])


def test_nothing_is_left_of_a_kind_that_was_cleared() -> None:
    found = changes(("put", *A), ("drop", *B), ("clear", "contact", ()))

    assert (found.come, found.gone, found.cleared) == ({}, {}, {"contact"})


def test_later_changes_follow_earlier_ones() -> None:
    found = changes(("put", *A), ("put", *B))

    found.follow(changes(("drop", *A), ("put", "lookup", (1,))))

    assert (list(found.come), list(found.gone)) == ([B, ("lookup", (1,))], [A])
