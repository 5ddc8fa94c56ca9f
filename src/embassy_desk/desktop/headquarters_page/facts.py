"""The facts of the page of headquarters in words."""

from datetime import tzinfo

from embassy_desk.application.headquarters_sheet import ACTIVE, PENDING, REVOKED, HeadquartersSheet
from embassy_desk.desktop.exchange.wording import on_both_clocks
from embassy_desk.desktop.kit.entries import Entry
from embassy_desk.texts import N_, Text, Words

_STATUSES: dict[str, Text] = {
    "": N_("Not enrolled: everything stays on this computer."),
    PENDING: N_("Asked; an officer at headquarters compares the words with you and approves."),
    ACTIVE: N_("Approved."),
    REVOKED: N_("Closed out by headquarters."),
}


def facts_of_device(sheet: HeadquartersSheet, words: Words, zone: tzinfo) -> dict[str, str]:
    """Return how this device stands."""
    state = sheet.state
    facts = {"status": words(_STATUSES[sheet.status]), "words": sheet.words}
    if state.waiting:
        facts["waiting"] = words(N_("{count} change", "{count} changes", count=state.waiting))
    if not sheet.status:
        return facts
    facts["address"] = sheet.url or words(N_("By pouch only."))
    facts["device"] = sheet.device
    if state.succeeded_at is not None:
        facts["succeeded"] = on_both_clocks(words, state.succeeded_at, zone)
    if sheet.tried_at is not None and sheet.tried_at != state.succeeded_at:
        facts["tried"] = on_both_clocks(words, sheet.tried_at, zone)
    facts["durable"] = words(
        N_("{count} of {all} changes", count=min(sheet.durable, sheet.last), all=sheet.last)
    )
    if state.decisions:
        facts["decisions"] = words(N_("{count} record", "{count} records", count=state.decisions))
    return facts


def facts_of_pouches(sheet: HeadquartersSheet, words: Words) -> dict[str, str]:
    """Return which pouches went and came."""
    log = sheet.pouches
    facts: dict[str, str] = {}
    if log.sent:
        facts["sent"] = words(
            N_("Number {serial}, up to change {last}", serial=log.sent, last=log.last)
        )
        receipt = (
            N_("Still awaited for changes {first} to {last}.", first=log.acknowledged + 1,
               last=log.last)
            if log.is_awaited
            else N_("Headquarters has all of it.")
        )  # fmt: skip
        facts["receipt"] = words(receipt)
    if log.received:
        facts["received"] = words(N_("Number {serial}", serial=log.received))
    return facts


def entries_of(sheet: HeadquartersSheet, words: Words) -> tuple[Entry, ...]:
    """Return what was not accepted, one line each; one whose record is here opens it."""
    return tuple(
        Entry(
            key=at if each.record_id is not None else None,
            text=each.heading,
            below=words(each.why),
            aside=each.at[:10],
            sign="■",
            tone="trouble",
        )
        for at, each in enumerate(sheet.refused)
    )
