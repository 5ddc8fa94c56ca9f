"""Which field, or which table of rows, a sentence about something missing means.

Guards of machines answer in sentences, because people and the command line read them; a window
leads from the sentence to the place. `tests/unit/domain` holds that every sentence has one.
"""

from collections.abc import Mapping

from embassy_desk.texts import Text

PLACES: Mapping[str, str] = {
    "How it enters into force is missing.": "entry_mode",
    "How much is done, in percent, is missing.": "percent_done",
    "Our head of negotiation is missing.": "our_head_of_negotiation",
    "The answer of “{body}” in the domestic clearance is missing.": "clearance_step",
    "The benefits are missing.": "benefits",
    "The cost of doing nothing is missing.": "cost_of_nothing",
    "The date of entry into force is missing.": "in_force_on",
    "The date of signature is missing.": "signed_on",
    "The date of suspension is missing.": "suspended_on",
    "The date on which it ends is missing.": "terminated_on",
    "The date on which it was superseded is missing.": "terminated_on",
    "The date on which notice was served is missing.": "notice_served_on",
    "The date on which the withdrawal counts is missing.": "terminated_on",
    "The day until which the task is deferred is missing.": "deferred_until",
    "The evidence of entry into force is missing: both notifications or a reference.": (
        "entry_evidence"
    ),
    "The evidence of fulfilment is missing.": "evidence",
    "The first day of provisional application is missing.": "provisional_from",
    "The goal is missing.": "goal",
    "The languages are missing.": "languages",
    "The lead ministry is missing.": "lead_ministry_id",
    "The legal class is missing.": "legal_class",
    "The notice by which our side withdrew is missing.": "notice_served_on",
    "The outcome is missing.": "outcome",
    "The outline of the draft, as its summary, is missing.": "summary",
    "The partner's country is missing.": "country",
    "The period of notice is missing.": "notice_months",
    "The period of tacit renewal is missing.": "renewal_months",
    "The place of signature is missing.": "signed_at_place",
    "The reason for pursuing it is missing.": "reason",
    "The reference of the final text is missing.": "text_reference",
    "The reference of the full powers is missing.": "full_powers_reference",
    "The reference of the mandate is missing.": "mandate_reference",
    "The signatory of our side is missing.": "agreement_party",
    "The signatory of their side is missing.": "agreement_party",
    "The term is missing: its months, its fixed end, or that it is open-ended.": (
        "initial_term_months"
    ),
    "The topic is missing.": "topics",
    "Their head of negotiation is missing.": "partner_head_of_negotiation",
    "What the old agreement cannot do is missing.": "gap",
    "What was said, the readout, is missing.": "readout",
    "Which side declined is missing.": "declined_by",
    "Whom or what the task waits for is missing.": "waiting_on",
}
"""By the sentence as the guard writes it."""


def place_of_need(need: Text) -> str:
    """Return the field or the table that a sentence means; empty where it means none."""
    return PLACES.get(need.message, "")
