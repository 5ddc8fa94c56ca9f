"""How the parts of a person's name stand together."""

from embassy_desk.texts import N_, LabelledEnum


class DisplayOrder(LabelledEnum):
    """In which order the parts of a name are written."""

    FAMILY_FIRST = "family_first", N_("Family name first")
    GIVEN_FIRST = "given_first", N_("Given name first")
    SINGLE = "single", N_("Single name")


def full_name(family: str, middle: str, given: str, order: DisplayOrder) -> str:
    """Return the whole name, its parts in their order; empty when there is no part."""
    if order is DisplayOrder.GIVEN_FIRST:
        parts = (given, middle, family)
    else:
        parts = (family, middle, given)
    return " ".join(filter(None, parts))


def name_in_address(family: str, given: str, order: DisplayOrder, *, is_vietnamese: bool) -> str:
    """Return the part by which a person is addressed after the honorific.

    Vietnamese are addressed by the given name (Ông Hùng), others by the family name; a person
    without that part by the other.
    """
    if is_vietnamese or order is DisplayOrder.SINGLE:
        return given or family
    return family or given
