"""Names of people who do not exist: Vietnamese, Japanese and others, as such names are built."""

from dataclasses import dataclass
from typing import Any

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.listed import listed
from embassy_desk.domain.names import DisplayOrder

# Frequencies are rough; the six commonest cover most people, the rare ones test the sorting.
_FAMILIES = (
    ("Nguyễn", 38), ("Trần", 11), ("Lê", 9), ("Phạm", 7), ("Hoàng", 3), ("Huỳnh", 3), ("Phan", 4),
    ("Vũ", 3), ("Võ", 3), ("Đặng", 3), ("Bùi", 2), ("Đỗ", 2), ("Ngô", 1), ("Dương", 1), ("Lý", 1),
    ("Đinh", 1), ("Đoàn", 1), ("Lâm", 1), ("Mai", 1), ("Trịnh", 1), ("Đào", 1), ("Cao", 1),
    ("Hà", 1), ("Tạ", 1), ("Thái", 1), ("Châu", 1), ("Quách", 1), ("Đàm", 1), ("Kiều", 1),
    ("Nghiêm", 1), ("Lưu", 1), ("Lục", 1), ("Ninh", 1), ("Ứng", 1), ("Ưng", 1), ("Âu", 1),
)  # fmt: skip
_FAMILY_NAMES = [name for name, _ in _FAMILIES]
_FAMILY_WEIGHTS = [weight for _, weight in _FAMILIES]

_MENS_MIDDLE = listed(
    "Văn Văn Hữu Quang Ngọc Quốc Đình Bá Công Minh Hải Thế Việt Nhật Viết Khắc Sỹ"
)
_MENS_GIVEN = listed(
    "Cường Tuấn Hải Nam Việt Khoa Đạt Đông Đăng Kiên Lực Phong Phước Quân Quý Sơn Thịnh Tiến "
    "Toàn Trí Tùng Vinh Vũ Bảo Chương Hiếu Hoàn Huy Khôi Lân Lộc Luân Nguyên Nhật Phát Quyết "
    "Tài Tâm Thái Thuận Tín Toản Trường Tú Tường Ước Vỹ Định Điền Hậu Hiển Lễ Ý Ân Đĩnh "
    "Thưởng Hoạt Ngữ"
)
_MENS_DOUBLE = (
    "Minh Đức", "Gia Bảo", "Hoàng Nam", "Anh Khoa", "Quang Huy", "Bảo Long", "Nhật Minh",
    "Thiên Ân", "Trung Kiên", "Đăng Khôi", "Tuấn Kiệt", "Hải Đăng",
)  # fmt: skip
_WOMENS_MIDDLE = listed(
    "Thị Thị Thị Thu Thanh Ngọc Phương Minh Hồng Kim Bích Diệu Hoài Khánh Quỳnh Thuỳ Tuyết Như Vân"
)
_WOMENS_GIVEN = listed(
    "Hương Hường Hạnh Hằng Hiền Hoa Huyền Lan Loan Mai My Nhung Nguyệt Oanh Phương Phượng "
    "Quyên Quỳnh Sương Tâm Thảo Thoa Thu Thuý Thuỷ Thương Trang Trâm Trinh Tuyết Uyên Vân Vy "
    "Yến Yên Đào Diệp Dung Duyên Đan Điệp Giang Giao Ánh Ái Bích Châu Chi Cúc Khuê Lệ Lụa Ly "
    "Diễm Thuần Hoà"
)
_WOMENS_DOUBLE = (
    "Minh Anh", "Bảo Trâm", "Khánh Linh", "Phương Thảo", "Thuỳ Dương", "Hải Yến", "Ngọc Diệp",
    "Đan Thanh", "Tường Vi", "Hạ Vy", "Mỹ Duyên", "Quỳnh Anh", "Bảo Ngọc", "Tuệ Nghi",
)  # fmt: skip
_LONG = (
    ("Công Tằng Tôn Nữ", "Thị Diệu", "Huyền Trân", "ms"),
    ("Tôn Nữ", "Thị Quỳnh", "Như Nguyệt", "ms"),
    ("Tôn Thất", "Quốc Việt", "Thiện Đạo", "mr"),
    ("Bạch Thái", "Đăng Quang", "Nguyên Khang", "mr"),
)

_JAPANESE_FAMILIES = listed(
    "Satō佐藤 Suzuki鈴木 Takahashi高橋 Tanaka田中 Itō伊藤 Watanabe渡辺 Yamamoto山本 "
    "Nakamura中村 Kobayashi小林 Katō加藤 Yoshida吉田 Yamada山田 Sasaki佐々木 Yamaguchi山口 "
    "Matsumoto松本 Inoue井上 Kimura木村 Shimizu清水 Yamazaki山崎 Ikeda池田 Hashimoto橋本 "
    "Ishikawa石川 Ogawa小川 Maeda前田 Okada岡田 Hasegawa長谷川 Fujita藤田 Gotō後藤 Kondō近藤 "
    "Murakami村上 Endō遠藤 Aoki青木 Sakamoto坂本 Saitō斎藤 Fukuda福田 Nishimura西村 "
    "Fujii藤井 Kaneko金子 Okamoto岡本 Nakajima中島 Nakano中野 Harada原田 Tamura田村 "
    "Takeuchi竹内 Wada和田 Ishida石田 Ueda上田 Morita森田 Kojima小島 Shibata柴田 Sakai酒井 "
    "Miyazaki宮崎 Yokoyama横山 Miyamoto宮本 Uchida内田 Takagi高木 Andō安藤 Taniguchi谷口 "
    "Ōno大野 Maruyama丸山 Imai今井 Kōno高野 Arai新井 Chiba千葉 Kubo久保 Ōtsuka大塚"
)
_JAPANESE_MEN = listed(
    "Kenta健太 Daisuke大輔 Takashi隆 Hiroshi浩 Yūta裕太 Shōta翔太 Kazuya和也 Naoki直樹 "
    "Tetsuya哲也 Makoto誠 Ryō亮 Satoshi聡 Hideki秀樹 Masato正人 Kōji浩二 Jun淳 Akira明 "
    "Osamu修 Tsutomu勉 Yōsuke洋介 Shin'ichi真一 Kenji健二 Yasuhiro康弘 Noboru昇 Wataru渉 "
    "Keita圭太 Sōta颯太 Haruki陽樹"
)
_JAPANESE_WOMEN = listed(
    "Yuki由紀 Haruka遥 Ayumi歩 Misaki美咲 Sakura桜 Naomi直美 Keiko恵子 Yōko陽子 Akiko明子 "
    "Tomoko智子 Mika美香 Emi恵美 Kaori香織 Mayumi真由美 Chihiro千尋 Rina里奈 Aya彩 Megumi恵 "
    "Nanami七海 Asuka明日香 Shiori栞 Mizuki瑞希 Kana佳奈 Fumiko文子"
)

_OTHER_GIVEN = listed(
    "Anna Erik Marta Lukas Sofia Jonas Claire Étienne Zoë Björn Łukasz Niamh Siobhán Jürgen "
    "François Inês Tomáš Katarína Astrid Mateusz Elena Priya Arjun Somchai Mei-Ling Daniel "
    "Ruth Oluwaseun Amina Rafael Beatriz Henrik Ingrid Noor Tariq"
)
_OTHER_FAMILY = (
    "Lindqvist/SE", "Müller/DE", "O'Connell/IE", "van der Berg/NL", "Dvořák/CZ", "Kowalczyk/PL",
    "García Montes/ES", "Nilsen/NO", "Ferreira/PT", "Duval/FR", "Schröder/DE", "MacAllister/GB",
    "Rossi/IT", "Øvergaard/DK", "Szabó/HU", "Novák/SK", "Whitfield/GB", "Pemberton/AU",
    "Tan/SG", "Lim/SG", "Sharma/IN", "Iyer/IN", "Santos/PH", "Harrow/US", "Castellanos/US",
    "Beaumont/CA", "Haddad/AE", "Adeyemi/NG", "Kılıç/TR", "Ñáñez de la Vega/ES",
)  # fmt: skip
_SINGLE = ("Suharyanto/ID", "Widodari/ID", "Thiri/MM", "Khamphoui/LA", "Wangchuk/BT")


@dataclass(frozen=True)
class DemoName:
    """A whole name and what goes with it: fields of a contact."""

    values: dict[str, Any]
    latin: str
    """The name without marks and signs, for addresses."""


def vietnamese_name(chance: Chance) -> DemoName:
    """Return a Vietnamese name; a few are long, some have given names of two syllables."""
    if chance.happens(0.01):
        family, middle, given, honorific = chance.choice(_LONG)
    else:
        family = chance.choices(_FAMILY_NAMES, _FAMILY_WEIGHTS)[0]
        is_woman = chance.happens(0.48)
        honorific = "ms" if is_woman else "mr"
        middle = chance.choice(_WOMENS_MIDDLE if is_woman else _MENS_MIDDLE)
        given = chance.choice(_WOMENS_GIVEN if is_woman else _MENS_GIVEN)
        if chance.happens(0.15):
            given = chance.choice(_WOMENS_DOUBLE if is_woman else _MENS_DOUBLE)
            middle = middle if chance.happens(0.3) else ""
        elif chance.happens(0.06):
            middle = ""
    values = {
        "family_name": family,
        "middle_name": middle,
        "given_name": given,
        "display_order": DisplayOrder.FAMILY_FIRST,
        "honorific": honorific,
        "nationality": "VN",
        "languages": chance.choice(("vi", "vi en", "vi en ja", "vi ja", "vi en")),
        "preferred_language": "vi",
    }
    return DemoName(values, f"{given}.{family}")


def japanese_name(chance: Chance) -> DemoName:
    """Return a Japanese name: romanised in its parts, and as it is written."""
    is_woman = chance.happens(0.36)
    family, family_kanji = split_script(chance.choice(_JAPANESE_FAMILIES))
    given, given_kanji = split_script(chance.choice(_JAPANESE_WOMEN if is_woman else _JAPANESE_MEN))
    values = {
        "family_name": family,
        "given_name": given,
        "display_order": DisplayOrder.FAMILY_FIRST,
        "original_name": f"{family_kanji} {given_kanji}",
        "romanised_name": f"{family.upper()} {given}",
        "honorific": "ms" if is_woman else "mr",
        "nationality": "JP",
        "languages": chance.choice(("ja", "ja en", "ja en", "ja en vi")),
        "preferred_language": "ja" if chance.happens(0.7) else "en",
    }
    return DemoName(values, f"{given}.{family}")


def other_name(chance: Chance) -> DemoName:
    """Return a name from elsewhere, given name first; a few people have one name only."""
    if chance.happens(0.04):
        single, country = chance.choice(_SINGLE).split("/")
        values: dict[str, Any] = {"given_name": single, "display_order": DisplayOrder.SINGLE}
        latin = single
    else:
        family, country = chance.choice(_OTHER_FAMILY).split("/")
        given = chance.choice(_OTHER_GIVEN)
        values = {
            "given_name": given,
            "family_name": family,
            "display_order": DisplayOrder.GIVEN_FIRST,
        }
        latin = f"{given}.{family}"
    values |= {
        "honorific": chance.choice(("mr", "ms", "mr", "ms", "dr", "prof")),
        "nationality": country,
        "languages": chance.choice(("en", "en fr", "en de", "en ja")),
        "preferred_language": "en",
    }
    return DemoName(values, latin)


def split_script(written: str) -> tuple[str, str]:
    """Return the romanised and the written part of a word such as `Itō伊藤`."""
    start = next(place for place, letter in enumerate(written) if ord(letter) > _LAST_LATIN)
    return written[:start], written[start:]


_LAST_LATIN = 0x24F
