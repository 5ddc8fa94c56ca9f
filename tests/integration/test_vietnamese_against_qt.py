"""Our order against the one that Qt takes from ICU, where Qt has ICU."""

import random
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCollator, QLocale

from embassy_desk.domain.vietnamese import sort_key

PAIRS = 30_000
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
NAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Dương",
    "Lý", "Văn", "Thị", "Đức", "Hữu", "Minh", "Quang", "Xuân", "An", "Anh", "Ánh", "Ân", "Bình",
    "Dũng", "Đạt", "Hà", "Hải", "Hòa", "Hoà", "Hóa", "Hùng", "Hương", "Thủy", "Thuỷ", "Yến", "ăn",
)  # fmt: skip

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Qt uses the system's own order on Windows and macOS"
)


def _word(chance: random.Random) -> str:
    letters = [
        chance.choice(LETTERS) + (chance.choice(TONES) if letter in "aăâeêioôơuưy" else "")
        for letter in chance.choices(LETTERS, k=chance.randint(1, 3))
    ]
    word = "".join(letters)
    return word.capitalize() if chance.random() < 0.3 else word


def _name(chance: random.Random) -> str:
    return " ".join(chance.choices(NAMES, k=chance.randint(1, 3)))


def _words(chance: random.Random) -> str:
    return " ".join(_word(chance) for _ in range(chance.randint(1, 3)))


@pytest.mark.parametrize("make", [_word, _words, _name])
def test_any_two_texts_stand_as_qt_puts_them(make: Callable[[random.Random], str]) -> None:
    chance = random.Random(20260307)
    collator = QCollator(QLocale("vi_VN"))
    disagreements = []
    for _ in range(PAIRS):
        one, other = make(chance), make(chance)
        mine = (sort_key(one) > sort_key(other)) - (sort_key(one) < sort_key(other))
        theirs = collator.compare(one, other)
        if mine != (theirs > 0) - (theirs < 0):
            disagreements.append((one, other))
    assert disagreements == []
