"""What a person may ask of a list: other words, filters, columns, order, shelf. No Qt."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace

from embassy_desk.application.pages import Shelf
from embassy_desk.application.wishes import Chip, Wish


class Asking(ABC):
    """Turns what is asked into a wish and shows that; abstract.

    Attributes:
        wish: What the list shows at present.
    """

    def __init__(self) -> None:
        """Begin without a list."""
        self.wish = Wish(kind="")

    @abstractmethod
    async def show(self, wish: Wish) -> None:
        """Show what a person wants of a list."""

    @abstractmethod
    async def keep_layout(self) -> None:
        """Keep columns and order of the list."""

    async def filter(self, words: str) -> None:
        """Show only lines that contain every word."""
        if words != self.wish.words:
            await self.show(replace(self.wish, words=words))

    async def sort(self, field: str, *, is_descending: bool) -> None:
        """Sort by a field, by `heading`, or by `family` name; the list keeps to it."""
        await self.show(replace(self.wish, sort=field, is_descending=is_descending))
        await self.keep_layout()

    async def arrange(
        self, columns: tuple[str, ...], widths: tuple[tuple[str, int], ...] = ()
    ) -> None:
        """Show other columns, or in another order; the list keeps to it."""
        await self.show(replace(self.wish, columns=columns, widths=widths))
        await self.keep_layout()

    async def note_columns(
        self, columns: tuple[str, ...], widths: tuple[tuple[str, int], ...]
    ) -> None:
        """Keep how the person moved and sized the columns of the list that is shown."""
        self.wish = replace(self.wish, columns=columns, widths=widths)
        await self.keep_layout()

    async def show_shelf(self, shelf: Shelf) -> None:
        """Show records in use, archived ones, or those in the trash."""
        await self.show(replace(self.wish, shelf=shelf))

    async def add_chips(self, chips: Iterable[Chip]) -> None:
        """Keep to further conditions; one that is there already is not added again."""
        kept = dict.fromkeys((*self.wish.chips, *chips))
        await self.show(replace(self.wish, chips=tuple(kept)))

    async def change_chip(self, former: Chip, chip: Chip | None) -> None:
        """Put another condition in the place of one, or nothing."""
        kept = (chip if each == former else each for each in self.wish.chips)
        chips = tuple(dict.fromkeys(each for each in kept if each is not None))
        await self.show(replace(self.wish, chips=chips))

    async def clear(self) -> None:
        """Show the whole list: no conditions, no words."""
        await self.show(replace(self.wish, chips=(), words=""))
