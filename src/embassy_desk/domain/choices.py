"""Closed choices that records of several kinds share."""

from embassy_desk.texts import N_, LabelledEnum


class OwingSide(LabelledEnum):
    """Which side owes, served or declined something."""

    OURS = "ours", N_("Our side")
    THEIRS = "theirs", N_("Their side")
    BOTH = "both", N_("Both sides")


class Mode(LabelledEnum):
    """By which means people are in touch."""

    IN_PERSON = "in_person", N_("In person")
    VIDEO = "video", N_("By video")
    PHONE = "phone", N_("By phone")
    LETTER = "letter", N_("By letter")
    EMAIL = "email", N_("By e-mail")


class LegalClass(LabelledEnum):
    """What an instrument is in law; its name does not decide this.

    Classes after the treaty law (108/2016/QH13) and the law on international agreements
    (70/2020/QH14).
    """

    TREATY_STATE = "treaty_state", N_("Treaty in the name of the State")
    TREATY_GOVERNMENT = "treaty_government", N_("Treaty in the name of the Government")
    AGREEMENT_STATE = "agreement_state", N_("International agreement in the name of the State")
    AGREEMENT_GOVERNMENT = (
        "agreement_government",
        N_("International agreement in the name of the Government"),
    )
    AGREEMENT_MINISTRY = (
        "agreement_ministry",
        N_("International agreement in the name of a ministry"),
    )
    AGREEMENT_PROVINCE = (
        "agreement_province",
        N_("International agreement in the name of a province"),
    )
    AGREEMENT_BODY = "agreement_body", N_("International agreement in the name of a body")
    FIRM_LEVEL = "firm_level", N_("Between firms")
    POLITICAL_TEXT = "political_text", N_("Political text")
    UNKNOWN = "unknown", N_("Legal class not known")


TREATY_CLASSES = frozenset({LegalClass.TREATY_STATE, LegalClass.TREATY_GOVERNMENT})
"""Classes whose instruments are treaties in law."""
