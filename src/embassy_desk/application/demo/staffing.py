"""The mission's own people in the demo."""

from embassy_desk.application.demo.fiction import Fiction
from embassy_desk.application.demo.pen import Pen
from embassy_desk.domain.letterhead import Letterhead
from embassy_desk.domain.mission import Mission
from embassy_desk.domain.staff import Posting, Staff

# Family, middle, given; rank, post, section; languages; field of work; locally engaged.
_STAFF = (
    ("Đặng", "Quang", "Minh", "ambassador", "ambassador_extraordinary", "head", "vi en ja", ""),
    ("Trần", "Thu", "Hường", "minister", "minister_counsellor", "political", "vi en", ""),
    ("Lê", "Đình", "Phước", "counsellor", "science_counsellor", "science_technology", "vi en ja",
     "Chuyển đổi số, bán dẫn"),
    ("Phạm", "Ngọc", "Điệp", "counsellor", "trade_counsellor", "trade", "vi en", "Thương mại số"),
    ("Vũ", "Hải", "Đăng", "first_secretary", "first_secretary", "economic", "vi ja", "Đầu tư"),
    ("Đỗ", "Khánh", "Vân", "third_secretary", "third_secretary", "culture_information", "vi en",
     "Thông tin đối ngoại"),
    ("Bùi", "Thị", "Nguyệt", "attache", "attache", "consular", "vi ja", "Cộng đồng"),
    ("Tanaka", "", "Haruka", "", "local_staff", "administration", "ja en vi", "Lễ tân, dịch thuật"),
)  # fmt: skip
_SECTIONS = {
    "head": "Lãnh đạo",
    "political": "Phòng Chính trị",
    "science_technology": "Bộ phận Khoa học và Công nghệ",
    "trade": "Thương vụ",
    "economic": "Phòng Kinh tế",
    "culture_information": "Phòng Văn hóa - Thông tin",
    "consular": "Phòng Lãnh sự",
    "administration": "Hành chính - Quản trị",
}
_TERM_DAYS = 3 * 365


def tell_of_staff(pen: Pen, story: Fiction) -> None:
    """Enter the mission's people; the person at the desk takes the place of the science counsellor.

    Where the store has no such person yet, as in a store made without a profile, the science
    counsellor gets the owner's identity.
    """
    chance = story.chance("staff")
    owner_id = pen.work.author.staff_id
    owner = None if owner_id is None else pen.work.find(Staff, owner_id)
    for place, row in enumerate(_STAFF):
        family, middle, given, rank, post, section, languages, expertise = row
        is_at_desk = post == "science_counsellor"
        arrived = story.before(chance.randint(60, _TERM_DAYS - 90))
        if is_at_desk and owner is not None:
            story.staff.insert(0, owner)
            _post(pen, owner, section, rank, arrived)
            continue
        member = pen.new(
            Staff,
            arrived,
            **({"id": owner_id} if is_at_desk and owner_id else {}),
            family_name=family,
            middle_name=middle,
            given_name=given,
            rank=rank,
            post=post,
            section=_SECTIONS[section],
            email=f"staff{place + 1}@embassy.example",
            languages=languages,
            expertise=expertise,
            is_local=post == "local_staff",
        )
        story.staff.insert(0 if is_at_desk else len(story.staff), member)
        _post(pen, member, section, rank, arrived)
    _choose_letterhead(pen, story)


def _choose_letterhead(pen: Pen, story: Fiction) -> None:
    """Let the head of mission sign official papers; place and symbol follow from the mission."""
    head = next(each for each in story.staff if each.section == _SECTIONS["head"])
    for mission in pen.work.all(Mission, code=pen.work.author.mission):
        pen.new(
            Letterhead,
            story.before(_TERM_DAYS),
            issuer=mission.name_vi,
            addressees="Bộ Ngoại giao",
            authority="Đại sứ",
            signatory=head.heading,
            recipients="Như trên",
        )


def _post(pen: Pen, member: Staff, section: str, rank: str, arrived: object) -> None:
    pen.part(
        Posting,
        member,
        mission_code=pen.work.author.mission,
        section=_SECTIONS[section],
        rank=rank,
        from_on=arrived,
    )
