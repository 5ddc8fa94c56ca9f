"""Telephone numbers as typed and as the network dials them."""

import phonenumbers

_COUNTRY_CODE_LENGTHS = (1, 2, 3)  # no code begins with another one
_SHORTEST, _LONGEST = 2, 17  # digits behind it, as the library takes them


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
    number = _taken_apart(e164)
    if number is None:
        return ""
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(filter(str.isdecimal, written))


def _taken_apart(e164: str) -> phonenumbers.PhoneNumber | None:
    """Return a number in E.164 by its parts; nothing if it is none.

    What the library's `parse` gives, in a tenth of the time: nothing is left to be guessed.
    """
    digits = e164.removeprefix("+")
    if digits == e164 or not (digits.isascii() and digits.isdecimal()):
        return None
    for length in _COUNTRY_CODE_LENGTHS:
        code, rest = digits[:length], digits[length:]
        if (
            _SHORTEST <= len(rest) <= _LONGEST
            and int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE
        ):
            zeros = min(len(rest) - len(rest.lstrip("0")), len(rest) - 1)
            return phonenumbers.PhoneNumber(
                country_code=int(code),
                national_number=int(rest),
                italian_leading_zero=True if zeros else None,
                number_of_leading_zeros=zeros if zeros > 1 else None,
            )
    return None
