"""Chinese names by Faker under a fixed seed: surnames as frequent as in life, given names of the generation, and the rare ones."""

import random
import tomllib
from pathlib import Path

from faker import Faker

from nuanyang.demo.people import Name, Sex

_LISTS: dict[str, list[str]] = {
    kind: text.split() for kind, text in tomllib.loads((Path(__file__).parent / "data" / "names.toml").read_text(encoding="utf-8")).items()
}
RARE_SURNAMES = tuple(_LISTS["rare_surnames"])
BOYS, GIRLS, BOTH = tuple(_LISTS["boys"]), tuple(_LISTS["girls"]), tuple(_LISTS["both"])
_MINORITY: dict[Sex, tuple[tuple[str, str], ...]] = {
    "female": (("买买提", "阿依古丽"), ("吾甫尔", "迪丽娜"), ("托合提", "古丽米热")),
    "male": (("艾山", "努尔江"), ("玉素甫", "艾力"), ("卡德尔", "帕尔哈提")),
}


class NameGiver:
    """Names under one seed: the same calls in the same order give the same names."""

    def __init__(self, seed: int | str) -> None:
        self._faker = Faker("zh_CN")
        self._faker.seed_instance(str(seed))
        self._random = random.Random(f"names:{seed}")

    def surname(self, rare_share: float = 0.012) -> str:
        """One in eighty is rare; the others follow the weights of Faker's census table."""
        if self._random.random() < rare_share:
            return self._random.choice(RARE_SURNAMES)
        return str(self._faker.last_name())

    def given(self, sex: Sex) -> str:
        """A child's given name; one in twenty fits both sexes."""
        if self._random.random() < 0.05:
            return self._random.choice(BOTH)
        return self._random.choice(BOYS if sex == "male" else GIRLS)

    def child(self, sex: Sex, family: str | None = None) -> Name:
        """The name of a student, with a father's or mother's surname where one is given."""
        return Name(family or self.surname(), self.given(sex))

    def adult(self, sex: Sex, family: str | None = None) -> Name:
        """The name of a parent or teacher, from Faker's own lists of that generation."""
        given = self._faker.first_name_male() if sex == "male" else self._faker.first_name_female()
        return Name(family or self.surname(), str(given))

    def minority(self, sex: Sex) -> Name:
        """A name with a middle dot, whose family half stands last."""
        family, given = self._random.choice(_MINORITY[sex])
        return Name(family, given, "·")
