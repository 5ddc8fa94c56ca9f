"""What the parameters of a line of a card say, alike for all versions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from embassy_desk.interchange.vcard_text import QUOTED


@dataclass
class Parameters:
    """What the parameters of a line say."""

    types: list[str]
    language: str = ""
    encoding: str = ""
    charset: str = ""
    label: str = ""
    others: str = ""

    def take(self, key: str, values: Sequence[str]) -> None:
        """Take one parameter; in version 2.1 a value may stand without its name."""
        name = key.upper()
        if name == "ENCODING" and values:
            self.encoding = values[0].upper()
        elif not values and name in {QUOTED, "BASE64", "8BIT", "7BIT"}:
            self.encoding = name
        elif name == "CHARSET" and values:
            self.charset = values[0]
        elif name == "PREF":
            self.types.append("pref")
        elif name == "TYPE" or not values:
            self.types.extend(_types(values or [key]))
        elif name == "LANGUAGE":
            self.language = values[0].lower()
        elif name == "LABEL":
            self.label = ", ".join(values)
        else:
            said = ",".join(_quoted(each) for each in values)
            self.others += f";{name}={said}"


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search("[;:,]", value) else value


def _types(values: Sequence[str]) -> list[str]:
    """Return the types of a parameter; version 4.0 puts several into one pair of quotes.

    Those of a person's own keep their capitals.
    """
    types = (each.strip() for several in values for each in several.split(","))
    return [
        each if each[:2].lower() == "x-" and not each.isupper() else each.lower() for each in types
    ]
