"""Organisations that do not exist: a partner's ministries, firms, universities, media and more."""

from collections.abc import Iterator
from itertools import islice, product
from typing import Any, NamedTuple

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.fiction import HOME, HOST, Body, Fiction
from embassy_desk.application.demo.listed import listed, rows_of
from embassy_desk.application.demo.names import split_script
from embassy_desk.application.demo.pen import Pen
from embassy_desk.application.reference_data import reference_id
from embassy_desk.domain.organisation import Organisation, OrganisationAlias
from embassy_desk.domain.vietnamese import fold

_OWN_MINISTRIES = listed("most mic moit mofa moet mof mpi moh mae moha mocst moc oog")
_NOTE = "Tổ chức hư cấu, chỉ dùng để minh họa."


class _Named(NamedTuple):
    """How one organisation is called, and what it is."""

    kind: str
    vi: str
    en: str
    original: str
    short: str = ""
    sectors: str = ""
    country: str = HOST
    control: str = "public_body"


def _table(kind: str, control: str, country: str, rows: str) -> list[_Named]:
    """Return the bodies of a table: Vietnamese, English, original and short name, sectors."""
    return [
        _Named(kind, vi, en, original, short, sectors, country, control)
        for vi, en, original, short, sectors in rows_of(rows)
    ]


_PUBLIC = [
    *_table("ministry", "public_body", HOST, """
Bộ Xã hội số | Ministry of Digital Society | デジタル社会省 | MDS | digital_government data
Bộ Công nghệ và Tri thức | Ministry of Technology and Knowledge | 技術知識省 | MTK | innovation ai
Bộ Kinh tế sáng tạo | Ministry of Creative Economy | 創造経済省 | MCE | digital_economy startups
Bộ Đối tác quốc tế | Ministry of International Partnership | 国際連携省 | MIP | trade
Bộ Biển và Khí hậu | Ministry of Ocean and Climate | 海洋気候省 | MOCL | green_technology
Bộ Y tế cộng đồng | Ministry of Community Health | 地域保健省 | MCH | e_health
Bộ Học tập suốt đời | Ministry of Lifelong Learning | 生涯学習省 | MLL | edtech training
Bộ Hạ tầng thông minh | Ministry of Smart Infrastructure | スマート基盤省 | MSI | smart_city
"""),
    *_table("government_agency", "public_body", HOST, """
Cơ quan An toàn không gian mạng | Cyberspace Safety Agency | 電脳空間安全庁 | CSA-H | cybersecurity
Cơ quan Tần số và Vệ tinh | Frequency and Satellite Agency | 周波数衛星庁 | FSA-H | space telecom
Cơ quan Dữ liệu mở | Open Data Agency | 公開データ庁 | ODA-H | data
Cơ quan Bưu chính mới | New Post Agency | 新郵政庁 | NPA-H | post_logistics
Cơ quan Kỹ năng tương lai | Future Skills Agency | 未来技能庁 | FSK | training
Cơ quan Bảo vệ thông tin cá nhân | Personal Information Guard | 個人情報擁護庁 | PIG-H | data
"""),
    *_table("promotion_agency", "public_body", HOST, """
Tổ chức Xúc tiến doanh nghiệp mới | New Venture Promotion Organisation | 新興機構 | NVPO | startups
Trung tâm Hợp tác công nghệ châu Á | Asian Technology Centre | アジア技術機構 | CATC | ai
"""),
    *_table("chamber", "not_for_profit", HOST, """
Phòng Thương mại Mizuhara | Mizuhara Chamber of Commerce | 水原商工会議所 | MZCC | trade
Phòng Thương mại Kazahara | Kazahara Chamber of Commerce | 風原商工会議所 | KZCC | trade
Phòng Thương mại Tsukishiro | Tsukishiro Chamber of Commerce | 月城商工会議所 | TSCC | trade
Hiệp hội Thương mại vịnh Aomine | Aomine Bay Trade Chamber | 青嶺湾商工会 | ABTC | trade
"""),
    *_table("association", "not_for_profit", HOST, """
Hiệp hội Phần mềm tương lai | Future Software Association | 未来ソフトウェア協会 | FSWA | software
Hiệp hội Bán dẫn vùng vịnh | Bay Area Semiconductor Association | 半導体協会 | BASA | semiconductors
Hiệp hội Nội dung số | Digital Content Association | デジタル内容協会 | DCA-H | media_content
Hiệp hội Thành phố thông minh | Smart City Association | スマート都市協会 | SMCA | smart_city
Hiệp hội Hữu nghị Mizuhara - Việt Nam | Mizuhara–Viet Nam Friendship | 水原越友好会 | MVFA | other
"""),
    *_table("diaspora_association", "not_for_profit", HOST, """
Hội người Việt Nam tại Mizuhara | Vietnamese Association in Mizuhara | 水原越人会 | VAM | other
Hội Chuyên gia Việt Nam Kazahara | Experts of Kazahara | 風原越専門会 | VEK | ai
Hội Sinh viên Việt Nam tại Tsukishiro | Students in Tsukishiro | 月城越学生会 | VST | training
"""),
]  # fmt: skip

# Made-up places, romanised and as written.
_PLACES = listed(
    "Mizuhara水原 Kazahara風原 Tsukishiro月城 Aomine青嶺 Otohara音原 Yumegawa夢川 "
    "Hinomine陽峰 Kirinosato霧里 Minatohara港原 Sorakawa空川 Yukishiro雪城 Hanamine花嶺"
)
_INSTITUTIONS = (
    ("university", "Đại học {}", "University of {}", "{}大学", "innovation training"),
    ("university", "Đại học Kỹ thuật {}", "{} Institute of Technology", "{}工科大学", "ai"),
    ("research_institute", "Viện Khoa học dữ liệu {}", "{} Data Science Institute", "{}数理研究所",
     "data"),
    ("local_authority", "Chính quyền thành phố {}", "City of {}", "{}市", "smart_city"),
    ("media", "Nhật báo {}", "The {} Daily", "{}日報", "media_content"),
    ("media", "Đài Truyền hình {}", "{} Broadcasting", "{}放送", "media_content"),
    ("incubator", "Vườn ươm {}", "{} Launch Hub", "{}起業拠点", "startups"),
    ("fund", "Quỹ Đổi mới {}", "{} Innovation Fund", "{}革新基金", "investment startups"),
    ("bank", "Ngân hàng Phát triển {}", "{} Development Bank", "{}開発銀行", "fintech"),
    ("cluster", "Cụm công nghệ {}", "{} Technology Cluster", "{}技術集積", "electronics"),
)  # fmt: skip

_HOST_FIRMS = listed(
    "Aozora青空 Hoshikage星影 Minamo水面 Tsukinami月波 Kazemachi風待 Asagiri朝霧 "
    "Hatsukaze初風 Yūnagi夕凪 Shiosai潮騒 Komorebi木漏日 Hinoto火音 Wakabane若羽 "
    "Tamayura玉響 Sazanami漣 Mikazuki三日月 Harunagi春凪 Nagisa渚 Takanami高波 Ōzora大空 "
    "Kumoi雲居"
)
_HOST_TRADES = (
    "Digital/デジタル/software", "Robotics/ロボティクス/electronics",
    "Semicon/セミコン/semiconductors",
    "Cloud/クラウド/cloud", "Energy Systems/エネルギー/energy", "Analytics/アナリティクス/data",
    "Health Tech/ヘルステック/e_health", "Logistics/ロジスティクス/post_logistics",
    "Telecom/テレコム/telecom", "AI Works/AIワークス/ai", "Security/セキュリティ/cybersecurity",
    "Games/ゲームス/media_content", "Payments/ペイメント/fintech", "Learning/ラーニング/edtech",
)  # fmt: skip
_HOME_FIRMS = (
    "Sao Bắc", "An Vĩnh", "Trường Giang", "Lạc Hồng Mới", "Bình Nguyên", "Đông Xuyên", "Phù Sa",
    "Đèn Biển", "Thung Lũng", "Đại Ngàn", "Cánh Diều", "Mây Trắng", "Đồng Xanh", "Tre Ngà",
    "Gió Mới", "Bến Đợi", "Đất Lành", "Nắng Mai", "Vịnh Ngọc", "Rừng Dừa",
)  # fmt: skip
_HOME_TRADES = (
    "Phần mềm/Software/software", "Giải pháp số/Digital Solutions/it_services",
    "Trí tuệ nhân tạo/AI/ai", "Vi mạch/Microchip/semiconductors",
    "An toàn thông tin/Information Security/cybersecurity", "Dữ liệu/Data/data",
    "Viễn thông/Telecom/telecom", "Giáo dục số/Digital Education/edtech",
    "Y tế số/Digital Health/e_health", "Thương mại điện tử/E-commerce/e_commerce",
    "Nội dung số/Digital Content/media_content", "Năng lượng xanh/Green Energy/energy",
)  # fmt: skip
_CORPORATE_FORMS = (("", ""), (" Holdings", "ホールディングス"), (" Research", "研究所"))


def tell_of_bodies(pen: Pen, story: Fiction) -> None:
    """Enter the organisations; our own ministries come from the reference data, where it is."""
    _remember_own_ministries(pen, story)
    _enter_dissolved(pen, story)
    chance = story.chance("bodies")
    for each in islice(_all_named(chance), story.size.organisations):
        story.bodies.append(_enter(pen, story, chance, each))
        pen.rest()


def _enter_dissolved(pen: Pen, story: Fiction) -> None:
    """Enter a body of our side that was dissolved with nobody in its place."""
    record = pen.new(
        Organisation,
        story.before(1400),
        kind="government_agency",
        name_vi="Ban Chương trình Công nghệ vùng",
        name_en="Regional Technology Programme Board",
        country=HOME,
        control="public_body",
        founded_on="2012",
        dissolved_on=story.before(260),
        notes=_NOTE,
    )
    story.ministries["gone"] = Body(
        record.id, record.kind, record.heading, record.name_en, HOME, "programme.example", ""
    )


def _all_named(chance: Chance) -> Iterator[_Named]:
    """Yield the public bodies, then others and firms mixed: two firms to one other."""
    yield from _PUBLIC
    others, firms = [*_institutions()], [*_host_firms(), *_home_firms()]
    chance.shuffle(others)
    chance.shuffle(firms)
    remaining = iter(firms)
    for other in others:
        yield other
        yield from islice(remaining, 2)
    yield from remaining


def _remember_own_ministries(pen: Pen, story: Fiction) -> None:
    keys = {reference_id("organisation", f"VN/{key}"): key for key in _OWN_MINISTRIES}
    found = pen.work.get_many(Organisation, keys)
    for each, key in keys.items():
        if each in found:
            ministry = found[each]
            story.ministries[key] = Body(
                each, ministry.kind, ministry.heading, ministry.name_en, HOME, f"{key}.example", ""
            )


def _enter(pen: Pen, story: Fiction, chance: Chance, named: _Named) -> Body:
    domain = f"{'-'.join(fold(named.en).split()[:3])}.example"
    record = pen.new(
        Organisation,
        chance.day_between(story.before(1500), story.before(30)),
        kind=named.kind,
        name_vi=named.vi,
        name_en=named.en,
        name_original=named.original,
        short_name=named.short,
        country=named.country,
        sectors=named.sectors,
        control=named.control,
        website=f"https://www.{domain}/",
        founded_on=str(chance.randint(1952, story.on.year - 1)),
        owner=chance.choice(story.mission_staff).id,
        verified_on=_verified(chance, story),
        notes=_NOTE,
    )
    if named.short or chance.happens(0.1):
        pen.part(OrganisationAlias, record, alias=_alias(named))
    if chance.happens(0.25):
        pen.tag(record, chance.choice(_TAGS))
    sector = named.sectors.split(" ", 1)[0]
    return Body(record.id, named.kind, record.heading, named.en, named.country, domain, sector)


_TAGS = ("đối tác ưu tiên", "tìm đối tác", "đã thăm Việt Nam", "quan tâm đầu tư", "bán dẫn", "ICT")


def _verified(chance: Chance, story: Fiction) -> Any:
    return story.before(chance.randint(5, 700)) if chance.happens(0.4) else None


def _alias(named: _Named) -> str:
    return f"{named.en} ({named.short})" if named.short else fold(named.en).title()


def _institutions() -> Iterator[_Named]:
    for (kind, vi, en, original, sectors), place in product(_INSTITUTIONS, _PLACES):
        latin, written = split_script(place)
        yield _Named(
            kind, vi.format(latin), en.format(latin), original.format(written), "", sectors
        )


def _host_firms() -> Iterator[_Named]:
    for name, trade, (form, form_written) in product(_HOST_FIRMS, _HOST_TRADES, _CORPORATE_FORMS):
        latin, written = split_script(name)
        english, katakana, sector = trade.split("/")
        yield _Named(
            kind="firm",
            vi="",
            en=f"{latin} {english}{form} K.K.",
            original=f"株式会社{written}{katakana}{form_written}",
            sectors=sector,
            control="private",
        )


def _home_firms() -> Iterator[_Named]:
    for name, trade in product(_HOME_FIRMS, _HOME_TRADES):
        vi, en, sector = trade.split("/")
        yield _Named(
            kind="firm",
            vi=f"Công ty Cổ phần {vi} {name}",
            en=f"{fold(name).title()} {en} JSC",
            original="",
            short=f"{fold(name).title().replace(' ', '')} {en}",
            sectors=sector,
            country=HOME,
            control="private",
        )
