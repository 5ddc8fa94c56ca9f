"""On which letterhead a mission writes: the one it chose, else what its reference data say."""

from datetime import date

from embassy_desk.application.host import mission_day
from embassy_desk.domain.letterhead import Letterhead as ChosenLetterhead
from embassy_desk.domain.mission import Mission, MissionKind
from embassy_desk.reports.document import Letterhead
from embassy_desk.store.work import UnitOfWork

_SUPERIOR = "Bộ Ngoại giao"
_SYMBOLS = {
    MissionKind.EMBASSY: "ĐSQ",
    MissionKind.CONSULATE_GENERAL: "TLSQ",
    MissionKind.CONSULATE: "LSQ",
    MissionKind.PERMANENT_MISSION: "PĐ",
}
_REPORT_CODE = "BC"


def chosen_letterhead(work: UnitOfWork, on: date) -> ChosenLetterhead | None:
    """Return the letterhead in use of this mission whose day came last; nothing without one."""
    found = [
        each
        for each in work.all(ChosenLetterhead, mission=work.author.mission)
        if not (each.is_archived or each.is_trashed)
        and (each.valid_from is None or each.valid_from <= on)
    ]
    return max(found, key=lambda each: (each.valid_from or date.min, each.id), default=None)


def letterhead(work: UnitOfWork) -> Letterhead:
    """Return the mission's letterhead; what it left open follows from the reference data."""
    known = _of_reference_data(work)
    chosen = chosen_letterhead(work, mission_day(work))
    if chosen is None:
        return known
    return Letterhead(
        superior=chosen.superior or known.superior,
        body=chosen.issuer,
        place=chosen.place or known.place,
        symbol=chosen.symbol or known.symbol,
        addressees=_lines(chosen.addressees),
        authority=chosen.authority,
        signatory=chosen.signatory,
        recipients=_lines(chosen.recipients),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _of_reference_data(work: UnitOfWork) -> Letterhead:
    missions = work.all(Mission, code=work.author.mission)
    if not missions:
        return Letterhead(superior=_SUPERIOR, body=work.author.mission, place="")
    mission = missions[0]
    return Letterhead(
        superior=_SUPERIOR,
        body=mission.name_vi or mission.name_en,
        place=mission.city_vi or mission.city_en,
        symbol="-".join(filter(None, (_REPORT_CODE, _SYMBOLS.get(mission.kind, "")))),
    )
