"""What the languages are called that records name by their codes (ISO 639)."""

from collections.abc import Mapping

from embassy_desk.reports.document import Both

_NAMES: Mapping[str, Both] = {
    "ar": Both("tiếng Ả Rập", "Arabic"),
    "bg": Both("tiếng Bun-ga-ri", "Bulgarian"),
    "cs": Both("tiếng Séc", "Czech"),
    "da": Both("tiếng Đan Mạch", "Danish"),
    "de": Both("tiếng Đức", "German"),
    "el": Both("tiếng Hy Lạp", "Greek"),
    "en": Both("tiếng Anh", "English"),
    "es": Both("tiếng Tây Ban Nha", "Spanish"),
    "fa": Both("tiếng Ba Tư", "Persian"),
    "fi": Both("tiếng Phần Lan", "Finnish"),
    "fr": Both("tiếng Pháp", "French"),
    "he": Both("tiếng Do Thái", "Hebrew"),
    "hi": Both("tiếng Hin-đi", "Hindi"),
    "hu": Both("tiếng Hung-ga-ri", "Hungarian"),
    "id": Both("tiếng In-đô-nê-xi-a", "Indonesian"),
    "it": Both("tiếng I-ta-li-a", "Italian"),
    "ja": Both("tiếng Nhật", "Japanese"),
    "km": Both("tiếng Khơ-me", "Khmer"),
    "ko": Both("tiếng Hàn", "Korean"),
    "lo": Both("tiếng Lào", "Lao"),
    "mn": Both("tiếng Mông Cổ", "Mongolian"),
    "ms": Both("tiếng Mã Lai", "Malay"),
    "my": Both("tiếng Mi-an-ma", "Burmese"),
    "nl": Both("tiếng Hà Lan", "Dutch"),
    "no": Both("tiếng Na Uy", "Norwegian"),
    "pl": Both("tiếng Ba Lan", "Polish"),
    "pt": Both("tiếng Bồ Đào Nha", "Portuguese"),
    "ro": Both("tiếng Ru-ma-ni", "Romanian"),
    "ru": Both("tiếng Nga", "Russian"),
    "sk": Both("tiếng Xlô-va-ki-a", "Slovak"),
    "sv": Both("tiếng Thụy Điển", "Swedish"),
    "th": Both("tiếng Thái", "Thai"),
    "tr": Both("tiếng Thổ Nhĩ Kỳ", "Turkish"),
    "uk": Both("tiếng U-crai-na", "Ukrainian"),
    "vi": Both("tiếng Việt", "Vietnamese"),
    "zh": Both("tiếng Trung", "Chinese"),
}


def languages_of(codes: str) -> Both:
    """Return the names of languages; a code that is not known stands as it is.

    Args:
        codes: Codes with spaces or commas between them, such as `vi en ja`.
    """
    found = [_NAMES.get(each.lower(), Both(each, each)) for each in codes.replace(",", " ").split()]
    return Both(", ".join(each.vi for each in found), ", ".join(each.en for each in found))
