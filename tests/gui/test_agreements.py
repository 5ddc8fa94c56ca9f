"""The page of an agreement: stages, what the next step needs, the term and the reasons."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from embassy_desk.desktop.records.steps_panel import StageStrip
from embassy_desk.domain.agreement import AgreementState, RenewalType
from makers.desks import Person, at_the_desk, enter, run_on_desk

TITLE = "Bản ghi nhớ về hợp tác số"


async def open_agreement(person: Person) -> None:
    """Go to the agreements and open the one there is."""
    person.press("Ctrl+4")
    await person.sees(lambda: person.desk.going.kind == "agreement", "agreements")
    await person.rests()
    await person.opens(TITLE)


def test_step_says_in_sentences_what_it_still_needs(folder: Path) -> None:
    enter(folder, "agreement", {"title_vi": TITLE})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await open_agreement(person)
            assert "Stage 1 of 12: Idea." in person.texts
            step = person.find(QPushButton, "step-scoping")
            assert not step.isEnabled()
            assert "The lead ministry is missing." in step.accessibleDescription()

    run_on_desk(story)


def test_what_is_missing_leads_to_its_field(folder: Path) -> None:
    enter(folder, "agreement", {"title_vi": TITLE})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await open_agreement(person)
            go = person.find(QPushButton, "fill-reason")
            assert go.accessibleDescription() == "The reason for pursuing it is missing."
            go.setFocus()
            person.press("Space")
            field = person.field("reason")
            await person.sees(field.hasFocus, "the focus on the field")
            assert field.isVisible(), "its section is still folded"
            assert not field.visibleRegion().isEmpty(), "it is out of sight"

    run_on_desk(story)


def test_step_is_taken_when_nothing_is_missing(folder: Path) -> None:
    values = {"country": "JP", "topics": "số", "lead_ministry_then": "Bộ KH&CN", "reason": "vì"}
    enter(folder, "agreement", {"title_vi": TITLE, **values})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await open_agreement(person)
            person.click(person.find(QPushButton, "step-scoping"))
            await person.sees(lambda: person.dialog, "the question for the day")
            assert person.field("on").text() == "22/11/2026"  # type: ignore[attr-defined]
            person.click(person.find(QPushButton, "Save"))
            await person.sees_the_page_again()
            await person.sees(lambda: "Stage 2 of 12: Scoping." in person.texts, "the next stage")
            strip = person.desk.page.record.tabs.pages.steps.findChild(StageStrip)
            assert "Scoping: 22/11/2026; " in strip.accessibleDescription()
            assert "Scoping: 22/11/2026" in strip.toolTip()
            assert strip.accessibleDescription().endswith("; In force")
            assert strip.sizeHint().height() > 2 * strip.fontMetrics().height()

    run_on_desk(story)


def test_step_aside_asks_for_the_reason(folder: Path) -> None:
    enter(folder, "agreement", {"title_vi": TITLE})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await open_agreement(person)
            person.click(person.find(QPushButton, "Other steps"))
            person.click(person.find(QPushButton, "step-parked"))
            await person.sees(lambda: person.dialog, "the question for the reason")
            person.click(person.find(QPushButton, "Save"))
            await person.sees(lambda: "This is needed." in person.texts, "that it is needed")
            person.type_into(person.field("reason"), "Phía bạn thay đổi nhân sự")
            person.click(person.find(QPushButton, "Save"))
            await person.sees_the_page_again()
            await person.sees(lambda: "State: Parked." in person.texts, "the new state")

    run_on_desk(story)


def test_term_and_its_reasons_are_shown(folder: Path) -> None:
    agreement = {
        "title_vi": TITLE,
        "state": AgreementState.IN_FORCE,
        "signed_on": date(2024, 1, 10),
        "in_force_on": date(2024, 1, 10),
        "initial_term_months": 36,
        "renewal_type": RenewalType.TACIT,
        "renewal_months": 36,
        "notice_months": 1,
    }
    enter(folder, "agreement", agreement)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await open_agreement(person)
            assert "10/01/2024 to 10/01/2027" in person.texts
            assert "10/12/2026" in person.texts
            assert any(text.startswith("▲ Notice possible") for text in person.texts)

    run_on_desk(story)
