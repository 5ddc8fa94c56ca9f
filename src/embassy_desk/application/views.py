"""Saved views: what a person wants of a list, kept under a name; and how each list was left.

Both are local values of this desk: no records, in no change log, never synchronised.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from embassy_desk.application.wishes import Chip, ChipTest, Wish
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.domain.values import clean_text
from embassy_desk.domain.vietnamese import sort_key
from embassy_desk.store.finders.lines import Shelf
from embassy_desk.store.local_values import forget_local, keep_local, local_value, local_values
from embassy_desk.store.reading import Reading
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

VIEWS, LAYOUTS = "list view", "list layout"
"""Topics of the local values."""

LONGEST_NAME = 80
MOST_VIEWS = 200


@dataclass(frozen=True, kw_only=True)
class View:
    """A wish under a name.

    Attributes:
        id: Its identity on this desk; empty before it was kept.
        name: What the person calls it.
        wish: Filters, words, shelf, columns, order.
        is_default: Whether the list opens with it.
    """

    name: str
    wish: Wish
    id: str = ""
    is_default: bool = False


@dataclass(frozen=True)
class Opening:
    """How a list opens.

    Attributes:
        views: The views of its kind, by name in Vietnamese order.
        view: The view it opens with; nothing for none.
        layout: Columns and order as the list was left; nothing for those of its plan.
    """

    views: tuple[View, ...]
    view: View | None
    layout: Wish | None


def opening(work: Reading, kind: str) -> Opening:
    """Return how the list of a kind opens."""
    known = views_of(work, kind)
    default = next((each for each in known if each.is_default), None)
    kept = local_value(work, LAYOUTS, kind)
    return Opening(known, default, None if kept is None else wish_of(kind, kept.value))


def views_of(work: Reading, kind: str) -> tuple[View, ...]:
    """Return the views of a kind, by name in Vietnamese order."""
    return tuple(each for each in all_views(work) if each.wish.kind == kind)


def all_views(work: Reading) -> tuple[View, ...]:
    """Return every view that can be read, by name in Vietnamese order."""
    found = [_view_of(each.name, each.value) for each in local_values(work, VIEWS)]
    readable = [each for each in found if each is not None]
    return tuple(sorted(readable, key=lambda each: (sort_key(each.name), each.id)))


def keep_view(work: UnitOfWork, view: View) -> View:
    """Keep a view, a new one under an identity of its own.

    Of the views of a kind at most one is the default: another one stops being it.

    Raises:
        RefusedError: The name is empty, too long or taken, or there are too many views.
    """
    view = replace(view, name=clean_text(view.name), id=view.id or work.new_id().hex)
    others = [each for each in views_of(work, view.wish.kind) if each.id != view.id]
    if not view.name:
        raise RefusedError(N_("Give the view a name."))
    if len(view.name) > LONGEST_NAME:
        raise RefusedError(N_("At most {limit} characters.", limit=LONGEST_NAME))
    if any(each.name.casefold() == view.name.casefold() for each in others):
        raise RefusedError(N_("There is a view “{name}” already.", name=view.name))
    if len(others) >= MOST_VIEWS:
        raise RefusedError(N_("A list has at most {limit} views.", limit=MOST_VIEWS))
    if view.is_default:
        for each in others:
            if each.is_default:
                _write(work, replace(each, is_default=False))
    _write(work, view)
    return view


def forget_view(work: UnitOfWork, view_id: str) -> None:
    """Remove a view.

    Raises:
        MissingError: There is none.
    """
    if local_value(work, VIEWS, view_id) is None:
        raise MissingError(N_("There is no such view any more."))
    forget_local(work, VIEWS, view_id)


def keep_layout(work: UnitOfWork, wish: Wish) -> None:
    """Keep columns, widths and order of a list; filters are kept by views only."""
    layout = replace(wish, chips=(), words="", shelf=Shelf.IN_USE)
    keep_local(work, LAYOUTS, wish.kind, plain_wish(layout))


def _write(work: UnitOfWork, view: View) -> None:
    value = {"name": view.name, "default": view.is_default, "wish": plain_wish(view.wish)}
    keep_local(work, VIEWS, view.id, value)


def plain_wish(wish: Wish) -> dict[str, Any]:
    """Return a wish as JSON holds it."""
    return asdict(wish)


def _view_of(view_id: str, value: Any) -> View | None:
    if not isinstance(value, Mapping) or not isinstance(value.get("wish"), Mapping):
        return None
    wish = wish_of(str(value["wish"].get("kind", "")), value["wish"])
    if wish is None or not wish.kind:
        return None
    name = str(value.get("name", ""))
    return View(id=view_id, name=name, wish=wish, is_default=bool(value.get("default")))


def wish_of(kind: str, value: Any) -> Wish | None:
    """Return the wish that JSON holds; nothing when it cannot be read, as from a newer version."""
    try:
        return Wish(
            kind=kind,
            chips=tuple(_chip_of(each) for each in value["chips"]),
            words=str(value["words"]),
            shelf=Shelf(value["shelf"]),
            columns=tuple(str(each) for each in value["columns"]),
            widths=tuple((str(name), int(width)) for name, width in value["widths"]),
            sort=str(value["sort"]),
            is_descending=bool(value["is_descending"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _chip_of(value: Mapping[str, Any]) -> Chip:
    held = value["value"]
    plain = tuple(held) if isinstance(held, list) else held
    return Chip(str(value["field"]), ChipTest.named(value["test"]), plain)
