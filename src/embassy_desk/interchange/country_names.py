"""Countries as people write them into sheets, and their two letters.

The names are those of the shipped list of countries, in Vietnamese and English; here stand only
words that everybody uses and no list has.
"""

import json
from collections.abc import Mapping
from functools import cache

from embassy_desk.domain.vietnamese import fold
from embassy_desk.settings.places import resources

_ALSO: Mapping[str, tuple[str, ...]] = {
    "CN": ("Trung Hoa", "PRC", "CHND Trung Hoa"),
    "CZ": ("Séc", "Tiệp"),
    "DE": ("CHLB Đức",),
    "GB": ("Anh", "UK", "England", "Great Britain"),
    "KP": ("Triều Tiên", "North Korea", "CHDCND Triều Tiên"),
    "KR": ("Hàn Quốc", "South Korea", "Korea", "ROK"),
    "LA": ("Lào", "Laos"),
    "NL": ("Hà Lan", "Holland", "The Netherlands"),
    "RU": ("Nga", "Liên bang Nga", "Russian Federation"),
    "US": ("Mỹ", "Hoa Kỳ", "USA", "U.S.", "U.S.A.", "United States of America"),
    "VN": ("Việt Nam", "Viet Nam", "Vietnam", "CHXHCN Việt Nam"),
}
_NAMES = ("name_vi", "name_en", "official_vi", "official_en", "alpha3")


def country_code(text: str) -> str:
    """Return the two letters of a country that is written by its name; other texts as they are."""
    return _codes().get(fold(text), text)


@cache
def _codes() -> Mapping[str, str]:
    path = resources() / "reference" / "countries.json"
    countries = json.loads(path.read_text("utf-8"))
    codes = {fold(word): code for code, words in _ALSO.items() for word in words}
    for each in countries:
        for name in _NAMES:
            if word := each.get(name):
                codes.setdefault(fold(word), each["alpha2"])
    return codes
