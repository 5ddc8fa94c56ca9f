"""Every sentence about something missing leads to a field or a table of the kind it is about."""

import ast
from pathlib import Path

import embassy_desk.domain
from embassy_desk.domain.catalogue import KINDS
from embassy_desk.domain.needed_fields import PLACES, place_of_need
from embassy_desk.texts import N_

DOMAIN = Path(embassy_desk.domain.__file__).parent
LEADS_NOWHERE = {
    "The message, or a step with a text, is missing.": "one of several places",
    "The targets are missing.": "rows of another record",
    "The engagement at which the partner was sounded is missing.": "another record",
    "The partner's answer is missing.": "another record",
    "The document by which the lead ministry agrees is missing.": "a file",
    "The agreement that supersedes it is missing.": "a link that the other agreement carries",
    "The new agreement is missing.": "made by a step of its own",
    "The date on which the old agreement ends is missing.": "another record",
    "The reason for this step is missing.": "the step itself asks for it",
}


def needs() -> set[str]:
    """Return the sentences that guards give as needs."""
    found: set[str] = set()
    for path in (*DOMAIN.glob("*_machine.py"), *DOMAIN.glob("*_file.py"), DOMAIN / "machine.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_text = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_"
            if is_text and isinstance(node.args[0], ast.Constant):
                sentence = str(node.args[0].value)
                if " missing" in sentence:
                    found.add(sentence)
    return found


def test_every_need_has_a_place_or_a_reason_for_none() -> None:
    found = needs()
    assert "The topic is missing." in found  # the control
    assert found - PLACES.keys() - LEADS_NOWHERE.keys() == set()
    assert (PLACES.keys() | LEADS_NOWHERE.keys()) - found == set()


def test_every_place_is_a_field_or_a_table_of_some_kind() -> None:
    fields = {name for kind in KINDS for name in kind.entity.model_fields}
    tables = {"agreement_party", "clearance_step"}
    assert set(PLACES.values()) <= fields | tables


def test_a_sentence_with_values_finds_its_place() -> None:
    text = N_("The answer of “{body}” in the domestic clearance is missing.", body="Bộ Tư pháp")
    assert place_of_need(text) == "clearance_step"
    assert place_of_need(N_("The lead ministry is missing.")) == "lead_ministry_id"
    assert place_of_need(N_("The reason for this step is missing.")) == ""
