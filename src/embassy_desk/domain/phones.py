"""Telephone numbers as typed and as the network dials them."""

import phonenumbers


def phone(typed: str, region: str) -> str:
    """Return a telephone number in E.164, such as `+842438251234`.

    Args:
        typed: The number as a person wrote it.
        region: Alpha-2 code of the country to assume without a country code; may be empty.

    Returns:
        The number for the network; empty when the text is no possible number, or gives no
        country code and is no number of the region: a wrong guess would ring somebody else.
        Nothing is refused: the typed form is kept beside it.
    """
    try:
        number = phonenumbers.parse(typed, region or None)
    except phonenumbers.NumberParseException:
        return ""
    has_country_code = typed.strip().startswith(("+", "00"))
    is_known = phonenumbers.is_possible_number if has_country_code else phonenumbers.is_valid_number
    if not is_known(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def national_digits(e164: str) -> str:
    """Return the digits dialled within the country, such as `02438251234` for `+842438251234`.

    Args:
        e164: The number for the network; empty or unreadable numbers give nothing.
    """
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return ""
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(filter(str.isdecimal, written))
