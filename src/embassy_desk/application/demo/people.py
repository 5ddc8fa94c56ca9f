"""Contacts of the demo: who they are, how to reach them, where they sit, what they agreed to."""

from datetime import timedelta
from typing import Any

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.fiction import HOME, HOST, Body, Fiction, Person, moment
from embassy_desk.application.demo.names import (
    DemoName,
    japanese_name,
    other_name,
    vietnamese_name,
)
from embassy_desk.application.demo.pen import Pen
from embassy_desk.application.demo.posts import Post, post_at
from embassy_desk.domain.contact import (
    Consent,
    ConsentPurpose,
    Contact,
    ContactEmail,
    ContactPhone,
    EmailValidity,
    Position,
)
from embassy_desk.domain.entity import ArchiveReason, Handling
from embassy_desk.domain.phones import phone
from embassy_desk.domain.vietnamese import fold

# Nobody answers under a subscriber number that begins with zeros; the rest looks as people write.
_HOST_PHONES = ("03-0000-{:04}", "+81 3 0000 {:04}", "(03) 0000-{:04}", "090-0000-{:04}")
_HOME_PHONES = ("024 0000 {:04}", "+84 24 0000 {:04}", "(028) 0000 {:04}", "090 000 {:04}")
_PERSONAL_DOMAINS = ("example.com", "example.net", "example.org")
_TAGS = (
    "ICT", "bán dẫn", "chuyển đổi số", "kiều bào", "báo chí", "cựu du học sinh",
    "Tết", "Quốc khánh",
    "đối tác lâu năm", "diễn giả", "nhà đầu tư", "AI",
)  # fmt: skip
_NOTES = (
    "Gặp lần đầu tại hội thảo công nghệ; quan tâm hợp tác đào tạo nhân lực.",
    "Thường trả lời thư trong ngày, thích làm việc bằng tiếng Anh.",
    "Đề nghị gửi tài liệu trước buổi gặp ít nhất một tuần.",
    "Đã dự chiêu đãi Quốc khánh hai năm liền.",
    "Happy to introduce younger colleagues; prefers short meetings in the morning.",
    "Có kinh nghiệm làm việc với đối tác Việt Nam trong các dự án phần mềm.",
)
_SHARES_OF_NAMES = (46, 24, 16, 14)  # at home, abroad: in the order of `_somebody`
_CONSENT_BASES = ("Đồng ý khi trao danh thiếp", "Trả lời qua thư điện tử", "Ký phiếu đăng ký")


def tell_of_people(pen: Pen, story: Fiction) -> None:
    """Enter the contacts with addresses, numbers, positions, consents and tags."""
    chance = story.chance("people")
    hosts = [each for each in story.bodies if each.country == HOST]
    homes = [each for each in story.bodies if each.country == HOME]
    homes += story.ministries.values()
    for _ in range(story.size.contacts):
        _enter(pen, story, chance, hosts, homes)
        pen.rest()


def _enter(pen: Pen, story: Fiction, chance: Chance, hosts: list[Body], homes: list[Body]) -> None:
    name, bodies = _somebody(chance, hosts, homes)
    body = chance.choice(bodies) if bodies and chance.happens(0.94) else None
    since = chance.day_between(story.before(1800), story.before(1))
    contact = pen.new(Contact, since, **name.values, **_particulars(chance, story))
    post = post_at(chance, body)
    if body is not None:
        _add_positions(pen, story, chance, contact, body, post, bodies)
    _add_emails(pen, story, chance, contact, name, body)
    _add_phones(pen, chance, contact, body)
    if chance.happens(0.25):
        _add_consent(pen, story, chance, contact)
    for tag in chance.some(_TAGS, 0, 2) if chance.happens(0.4) else ():
        pen.tag(contact, tag)
    _remember(story, contact, body, post)


def _remember(story: Fiction, contact: Contact, body: Body | None, post: Post) -> None:
    is_active = not (contact.is_archived or contact.is_trashed or contact.do_not_contact)
    person = Person(contact.id, contact.display_name, body, post.vi, is_active)
    story.people.append(person)
    if body is not None and is_active:
        story.people_of.setdefault(body.id, []).append(person)


def _somebody(chance: Chance, hosts: list[Body], homes: list[Body]) -> tuple[DemoName, list[Body]]:
    """Return a name and where a person of that name works."""
    made, bodies = chance.choices(
        (
            (japanese_name, hosts),
            (vietnamese_name, homes),
            (vietnamese_name, hosts),
            (other_name, hosts),
        ),
        _SHARES_OF_NAMES,
    )[0]
    return made(chance), bodies


def _particulars(chance: Chance, story: Fiction) -> dict[str, Any]:
    """Return the fields of a contact beside the name."""
    values: dict[str, Any] = {"owner": chance.choice(story.staff).id}
    if chance.happens(0.15):
        values["cadence_days"] = chance.choice((30, 60, 90, 180, 365))
    if chance.happens(0.2):
        values["notes"] = chance.choice(_NOTES)
    if chance.happens(0.3):
        values["preferred_channel"] = chance.choice(("email", "phone", "in_person", "letter"))
    if chance.happens(0.05):
        values["precedence"] = chance.randint(1, 90)
    if chance.happens(0.3):
        values["verified_on"] = story.before(chance.randint(1, 900))
    values["handling"] = chance.choices(tuple(Handling), (6, 89, 5))[0]
    values["do_not_contact"] = chance.happens(0.01)
    return values | _past(chance, story)


def _past(chance: Chance, story: Fiction) -> dict[str, Any]:
    """Return what stands on the few contacts that were put away."""
    fate = chance.choices(("kept", "archived", "trashed"), (96.6, 3, 0.4))[0]
    put_away = moment(story.before(chance.randint(1, 200)), 17)
    by = chance.choice(story.mission_staff).id
    if fate == "archived":
        reason = chance.choice((ArchiveReason.LEFT_POST, ArchiveReason.NO_LONGER_RELEVANT))
        return {"archived_at": put_away, "archived_by": by, "archived_reason": reason}
    if fate == "trashed":
        return {"trashed_at": put_away, "trashed_by": by}
    return {}


def _add_positions(
    pen: Pen,
    story: Fiction,
    chance: Chance,
    contact: Contact,
    body: Body,
    post: Post,
    bodies: list[Body],
) -> None:
    since = chance.day_between(story.before(2500), story.before(20))
    _add_position(pen, contact, body, post, from_on=_partly(chance, since), is_primary=True)
    if chance.happens(0.2):
        before = since - timedelta(days=chance.randint(300, 1500))
        former = chance.choice(bodies)
        _add_position(
            pen,
            contact,
            former,
            post_at(chance, former),
            from_on=str(before.year),
            to_on=str(since),
        )
    if chance.happens(0.05):
        other = chance.choice(bodies)
        _add_position(pen, contact, other, post_at(chance, other), from_on=str(since.year))


def _add_position(pen: Pen, contact: Contact, body: Body, post: Post, **values: Any) -> None:
    pen.part(
        Position,
        contact,
        organisation_id=body.id,
        organisation_name=body.name,
        title_vi=post.vi,
        title_en=post.en,
        title_original=post.original if body.country == HOST else "",
        unit=post.unit,
        **values,
    )


def _partly(chance: Chance, day: Any) -> str:
    """Return a day as well as people know it: the day, the month, or the year only."""
    return str(day)[: chance.choice((4, 7, 7, 10))]


def _add_emails(
    pen: Pen, story: Fiction, chance: Chance, contact: Contact, name: DemoName, body: Body | None
) -> None:
    local = fold(name.latin).replace(" ", ".")
    if body is not None and chance.happens(0.85):
        address = f"{local}{chance.choice(('', '', chance.randint(2, 99)))}@{body.domain}"
        _add_email(pen, story, chance, contact, address, is_primary=True)
    if chance.happens(0.25 if body else 0.8):
        address = f"{local}.{chance.randint(1, 999)}@{chance.choice(_PERSONAL_DOMAINS)}"
        _add_email(pen, story, chance, contact, address, kind="personal")


def _add_email(
    pen: Pen, story: Fiction, chance: Chance, contact: Contact, address: str, **values: Any
) -> None:
    validity = chance.choices(tuple(EmailValidity), (50, 42, 5, 3))[0]
    is_checked = validity is not EmailValidity.UNTESTED
    pen.part(
        ContactEmail,
        contact,
        address=address,
        validity=validity,
        checked_on=story.before(chance.randint(1, 600)) if is_checked else None,
        **{"kind": "work", **values},
    )


def _add_phones(pen: Pen, chance: Chance, contact: Contact, body: Body | None) -> None:
    is_home = body is not None and body.country == HOME
    styles, region = (_HOME_PHONES, HOME) if is_home else (_HOST_PHONES, HOST)
    for place in range(chance.choices((0, 1, 2), (15, 60, 25))[0]):
        typed = chance.choice(styles).format(chance.randint(0, 9999))
        is_mobile = typed.startswith("090")
        pen.part(
            ContactPhone,
            contact,
            typed=typed,
            e164=phone(typed, region),
            kind="mobile" if is_mobile else "work",
            is_primary=place == 0,
        )


def _add_consent(pen: Pen, story: Fiction, chance: Chance, contact: Contact) -> None:
    given = chance.day_between(story.before(1200), story.before(1))
    withdrawn = story.before(chance.randint(0, 200)) if chance.happens(0.06) else None
    pen.part(
        Consent,
        contact,
        purpose=chance.choice(tuple(ConsentPurpose)),
        basis=chance.choice(_CONSENT_BASES),
        given_on=given,
        means=chance.choice(("gặp trực tiếp", "thư điện tử", "biểu mẫu")),
        expires_on=given + timedelta(days=chance.choice((365, 730, 1095))),
        withdrawn_on=max(withdrawn, given) if withdrawn else None,
    )
