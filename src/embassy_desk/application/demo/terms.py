"""Terms of the demo's agreements, each placed so that it says something on the day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from embassy_desk.domain.agreement import RenewalType, TermOrigin
from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.days import months_after

Values = dict[str, Any]

_NOTICE_MONTHS = 3


def _days(on: date, days: int) -> date:
    return on + timedelta(days=days)


def _tacit(months: int, renewal: int, notice: int = _NOTICE_MONTHS) -> Values:
    return {
        "initial_term_months": months,
        "renewal_type": RenewalType.TACIT,
        "renewal_months": renewal,
        "notice_months": notice,
    }


def _express(months: int) -> Values:
    return {
        "initial_term_months": months,
        "renewal_type": RenewalType.EXPRESS,
        "notice_months": _NOTICE_MONTHS,
    }


def _open(on: date) -> Values:
    return {
        "open_ended": True,
        "notice_months": 6,
        "review_months": 36,
        "in_force_on": _days(on, -900),
        "next_review_on": _days(on, 200),
    }


def _notice_near(on: date) -> Values:
    ends = months_after(_days(on, 20), _NOTICE_MONTHS)
    return {**_tacit(36, 12), "in_force_on": months_after(ends, -48)}


def _notice_missed(on: date) -> Values:
    ends = months_after(_days(on, -12), _NOTICE_MONTHS)
    return {**_tacit(36, 12), "in_force_on": months_after(ends, -36)}


def _notice_served(on: date) -> Values:
    ends = months_after(on, 4)
    return {
        **_tacit(24, 12),
        "in_force_on": months_after(ends, -24),
        "notice_served_on": _days(on, -40),
        "notice_served_by": OwingSide.THEIRS,
    }


def _expiring(on: date) -> Values:
    return {
        "fixed_end_on": _days(on, 45),
        "notice_months": 1,
        "in_force_on": months_after(_days(on, 45), -36),
    }


def _expired(on: date) -> Values:
    return {**_express(24), "in_force_on": months_after(_days(on, -30), -24)}


def _review_due(on: date) -> Values:
    return {**_open(on), "review_months": 24, "next_review_on": _days(on, -15)}


def _extended(on: date) -> Values:
    return {
        "fixed_end_on": _days(on, -200),
        "renewal_type": RenewalType.EXPRESS,
        "notice_months": _NOTICE_MONTHS,
        "in_force_on": months_after(_days(on, -200), -24),
    }


def _fixed(on: date) -> Values:
    return {
        "fixed_end_on": date(on.year + 2, 12, 31),
        "notice_months": 1,
        "in_force_on": _days(on, -400),
    }


_STYLES: dict[str, Callable[[date], Values]] = {
    "tacit": lambda on: {**_tacit(60, 60), "in_force_on": _days(on, -1300)},
    "express": lambda on: {**_express(60), "in_force_on": _days(on, -700)},
    "fixed": _fixed,
    "open": _open,
    "notice_near": _notice_near,
    "notice_missed": _notice_missed,
    "notice_served": _notice_served,
    "expiring": _expiring,
    "expired": _expired,
    "review_due": _review_due,
    "amended": lambda on: {**_tacit(36, 12), "in_force_on": months_after(on, -50)},
    "extended": _extended,
    "renewed_often": lambda on: {**_tacit(12, 12), "in_force_on": months_after(on, -12 * 9 - 5)},
    "long_ago": lambda on: {**_tacit(60, 60, 6), "in_force_on": months_after(on, -12 * 16 - 3)},
}


def term_values(style: str, on: date) -> Values:
    """Return the fields of an agreement that say for how long it holds, with its entry."""
    return _STYLES[style](on)


def term_rows(style: str, in_force_on: date | None, on: date) -> list[Values]:
    """Return the rows of later terms, for agreements whose term was amended or extended."""
    if in_force_on is None:
        return []
    if style == "amended":
        first = {
            "from_on": in_force_on,
            "months": 36,
            "renewal_type": RenewalType.TACIT,
            "renewal_months": 12,
            "notice_months": _NOTICE_MONTHS,
            "how": TermOrigin.INITIAL,
        }
        amended = {
            "from_on": months_after(on, -8),
            "months": 60,
            "renewal_type": RenewalType.TACIT,
            "renewal_months": 24,
            "notice_months": 6,
            "how": TermOrigin.AMENDMENT,
            "evidence": "Nghị định thư sửa đổi, bản gốc lưu tại Bộ Ngoại giao",
        }
        return [first, amended]
    if style == "extended":
        return [
            {
                "from_on": _days(on, -200),
                "end_on": months_after(_days(on, -200), 24),
                "notice_months": _NOTICE_MONTHS,
                "how": TermOrigin.EXTENSION,
                "evidence": "Trao đổi thư giữa hai bên",
            }
        ]
    return []
