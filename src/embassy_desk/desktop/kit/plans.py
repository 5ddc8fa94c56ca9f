"""What arranges a kind's form and list: names of fields, their order, the words of sections.

The class of the entity is the truth about fields; a plan only arranges them. It holds no
conditions, no styles and no behaviour: what a screen does is written as code.
"""

from dataclasses import dataclass

from embassy_desk.texts import N_, Text


@dataclass(frozen=True, kw_only=True)
class Section:
    """Fields that stand together on a form.

    Attributes:
        title: What the section is called.
        fields: Names of fields in their order.
        is_folded: Whether it is closed until somebody opens it or a field in it is filled.
    """

    title: Text
    fields: tuple[str, ...]
    is_folded: bool = False


@dataclass(frozen=True, kw_only=True)
class RowsPlan:
    """Rows of one class that belong to a record, shown as a small table on its form.

    Attributes:
        part: Table name of the class, such as `contact_email`.
        title: What the table is called.
        columns: Fields that the table shows.
        fields: Fields that the row's own form shows.
    """

    part: str
    title: Text
    columns: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FormPlan:
    """The form of a kind: sections and tables of rows, from top to bottom.

    Attributes:
        blocks: What stands on the form.
        fixed: Fields that are shown but not edited here.
    """

    blocks: tuple[Section | RowsPlan, ...]
    fixed: frozenset[str] = frozenset()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field of the record that the form shows."""
        return tuple(
            name for each in self.blocks if isinstance(each, Section) for name in each.fields
        )

    @property
    def rows(self) -> tuple[RowsPlan, ...]:
        """Every table of rows."""
        return tuple(each for each in self.blocks if isinstance(each, RowsPlan))


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a list.

    Attributes:
        field: A stored field, or `heading`, `subtitle` or `ref`.
        width: In characters of average width.
        title: Another word than the field's own.
    """

    field: str
    width: int = 16
    title: Text | None = None


@dataclass(frozen=True, kw_only=True)
class TablePlan:
    """The list of a kind.

    Attributes:
        columns: From left to right; the first says what the record is called.
        sort: What the list is sorted by until somebody asks otherwise.
        is_descending: Whether the highest comes first.
        by_family: Whether people may sort by family name as well as by given name.
    """

    columns: tuple[Column, ...]
    sort: str = "heading"
    is_descending: bool = False
    by_family: bool = False

    @property
    def stored_fields(self) -> tuple[str, ...]:
        """The columns that are fields of the record, in the order of the list's values."""
        return tuple(each.field for each in self.columns if each.field not in LINE_FIELDS)


LINE_FIELDS = frozenset({"heading", "subtitle", "ref"})
"""Columns that every line of a list has of itself."""

KEEPING = Section(
    title=N_("Keeping this record"),
    fields=("owner", "backup", "handling", "source", "verified_on", "review_on"),
    is_folded=True,
)
"""The section that every form ends with."""

TAGS = RowsPlan(part="tag", title=N_("Tags"), columns=("label",), fields=("label",))
"""The table of tags, for the forms of records that people enter."""
