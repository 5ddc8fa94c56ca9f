"""Makers of entries in the log of exports."""

from typing import Any

from embassy_desk.domain.export import Export
from makers.identities import made


def make_export(**values: Any) -> Export:
    """Return the entry of a list of contacts that was written to a sheet."""
    defaults = {
        "ref": "TOK-XPT-A7-0001",
        "mission": "TOK",
        "taken_kind": "contact",
        "file_form": "csv",
        "record_count": 12,
    }
    return made(Export, defaults, values)
