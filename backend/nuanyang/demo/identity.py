"""Identity, 学籍 and telephone numbers that pass every check and can belong to nobody: division 99xxxx and prefix 154 are not in use."""

from collections import Counter
from datetime import date

from nuanyang.demo.people import Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
DIVISION = "990101"


def check_character(body: str) -> str:
    """The 18th character of a citizen number (GB 11643) for its first 17 digits."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11]


class NumberIssuer:
    """Gives out numbers in order, so that no two people of one district share one."""

    def __init__(self, division: str = DIVISION, phone_from: int = 0) -> None:
        self.division = division
        self._issued: Counter[tuple[str, date, str]] = Counter()
        self._phone = phone_from

    def _serial(self, kind: str, born_on: date, sex: str) -> int:
        key = (kind, born_on, sex)
        serial = self._issued[key]
        self._issued[key] += 1
        return serial

    def citizen(self, born_on: date, sex: Sex) -> str:
        """An 18-character citizen number: the 17th digit is odd for boys and even for girls."""
        serial = 2 * self._serial("citizen", born_on, sex) + (1 if sex == "male" else 2)
        body = f"{self.division}{born_on:%Y%m%d}{serial:03d}"
        return body + check_character(body)

    def without_citizen_number(self, born_on: date) -> str:
        """A formal 学籍号 for a pupil who has no citizen number: J, division, birth date, serial and a check character."""
        body = f"{self.division}{born_on:%Y%m%d}{self._serial('J', born_on, '') + 1:03d}"
        return f"J{body}{check_character(body)}"

    def temporary(self, born_on: date) -> str:
        """A temporary 学籍号: L, division, birth date and four digits without a check."""
        return f"L{self.division}{born_on:%Y%m%d}{self._serial('L', born_on, '') * 37 + 1031:04d}"

    def phone(self) -> str:
        """An eleven-digit mobile number of a prefix that no operator uses."""
        self._phone += 1
        return f"154{self._phone * 7919 % 100_000_000:08d}"
