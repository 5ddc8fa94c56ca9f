"""In which state a record begins that is entered from papers, where nobody says so."""

from collections.abc import Mapping
from typing import Any


def with_initial_state(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the state that an agreement's own dates tell, if none is given.

    A register often gives the dates and no state: an agreement with a day of entry into force is
    in force, one that is only signed is signed. What happened later the dates tell as well.
    """
    given = dict(values)
    if kind != "agreement" or given.get("state"):
        return given
    given.pop("state", None)
    if given.get("in_force_on"):
        given["state"] = "in_force"
    elif given.get("signed_on"):
        given["state"] = "signed"
    return given
