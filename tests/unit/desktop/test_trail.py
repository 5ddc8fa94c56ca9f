"""Going back and forward along the places that were visited."""

from embassy_desk.desktop.trail import LONGEST, Place, Trail
from makers import identity

A, B, C = Place("contact"), Place("contact", identity("one")), Place("task")


def test_back_and_forward_lead_along_the_places() -> None:
    trail = Trail()
    for place in (A, B, C):
        trail.note(place)
    assert (trail.go(-1), trail.go(-1), trail.go(-1)) == (B, A, None)
    assert (trail.go(1), trail.go(1), trail.go(1)) == (B, C, None)


def test_arriving_by_the_trail_leaves_it_as_it_is() -> None:
    trail = Trail()
    for place in (A, B, C):
        trail.note(place)
    assert trail.go(-1) == B
    trail.note(B)
    assert trail.may_go(1)


def test_a_new_place_forgets_what_lay_ahead() -> None:
    trail = Trail()
    for place in (A, B):
        trail.note(place)
    trail.go(-1)
    trail.note(C)
    assert not trail.may_go(1)
    assert trail.go(-1) == A


def test_only_the_newest_places_are_remembered() -> None:
    trail = Trail()
    for number in range(LONGEST + 5):
        trail.note(Place(str(number)))
    assert trail.go(-(LONGEST - 1)) == Place("5")
    assert not trail.may_go(-1)
