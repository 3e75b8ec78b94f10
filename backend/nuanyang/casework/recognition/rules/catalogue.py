"""The rules, C1–C4 (programme clauses C1, C2, C3, C4), as a table: each a set of conditions that must all hold.

A condition tells whether it holds (quick, for 200,000 students) and, on demand, what it saw, what it asked for and how near it was.
Family form alone never makes a proposal (C4); grades without paper exams are judged by observation only (C2).
"""

from collections.abc import Callable
from dataclasses import dataclass

from nuanyang.access.permissions import CLASS_CATEGORY
from nuanyang.casework.recognition.rules.facts import Facts
from nuanyang.casework.recognition.rules.thresholds import Thresholds

VERSION = "2026.2"

Seen = tuple[object, object, float]  # actual, asked for, nearness 0–1


@dataclass(frozen=True, slots=True)
class Condition:
    """One test. `kinds` are the evidence kinds it looks at, for the links in an explanation."""

    code: str
    zh: str
    en: str
    holds: Callable[[Facts, Thresholds], bool]
    seen: Callable[[Facts, Thresholds], Seen]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule proposes its category at its level when every condition holds.

    Its data class is that of the evidence it rests on: whoever does not hold it learns nothing of what the rule says.
    """

    id: str
    data_class: str
    support_level: str  # key 重点, general 一般
    zh: str
    en: str
    conditions: tuple[Condition, ...]

    @property
    def category(self) -> str:
        """The category of its class."""
        return CLASS_CATEGORY[self.data_class]


def _evidence(code: str, zh: str, en: str, *kinds: str, sources: frozenset[str] = frozenset()) -> Condition:
    """There is evidence of one of these kinds; from one of these sources, where they are named."""
    wanted = frozenset(kinds)
    if sources:

        def told(f: Facts) -> set[str]:
            return {e.kind for e in f.evidence if e.kind in wanted and e.source in sources} if wanted & f.kinds else set()

        return Condition(
            code,
            zh,
            en,
            holds=lambda f, _: bool(told(f)),
            seen=lambda f, _: (sorted(told(f)), sorted(wanted), 1.0 if told(f) else 0.0),
            kinds=wanted,
        )
    return Condition(
        code,
        zh,
        en,
        holds=lambda f, _: not wanted.isdisjoint(f.kinds),
        seen=lambda f, _: (sorted(wanted & f.kinds), sorted(wanted), 1.0 if wanted & f.kinds else 0.0),
        kinds=wanted,
    )


def _is_paperless(f: Facts, t: Thresholds) -> bool:
    return f.grade <= t.paperless_grades


def _running(f: Facts, t: Thresholds) -> int:
    """Newest exams one after another in the lowest part of the class."""
    count = 0
    for exam in f.exams:
        if exam.position > t.lowest_share:
            break
        count += 1
    return count


def _mean_share(f: Facts, t: Thresholds) -> float | None:
    newest = f.exams[: t.exams_running]
    # Rounded, so that the mean of 0.5, 0.4 and 0.3 is 0.4 and not a hair less.
    return round(sum(e.share for e in newest) / len(newest), 6) if newest else None


def _lowest_holds(f: Facts, t: Thresholds) -> bool:
    wanted = t.exams_running
    return len(f.exams) >= wanted and f.exams[0].position <= t.lowest_share and not _is_paperless(f, t) and _running(f, t) >= wanted


def _weak_share_holds(f: Facts, t: Thresholds) -> bool:
    mean = _mean_share(f, t)
    return mean is not None and mean < t.weak_share and len(f.exams) >= min(2, t.exams_running) and not _is_paperless(f, t)


def _weak_share_seen(f: Facts, t: Thresholds) -> Seen:
    mean = _mean_share(f, t)
    return (
        (None, t.weak_share, 0.0)
        if mean is None
        else (round(mean, 2), t.weak_share, 1.0 if mean < t.weak_share else max(0.0, 1 - (mean - t.weak_share) / 0.2))
    )


_ROSTER_C1 = frozenset(
    {"minimum_living_allowance", "extreme_poverty_support", "monitored_household", "orphan", "de_facto_unattended_child", "martyr_family"}
)

SPECIAL_GROUP = Condition(
    "special_group",
    "属于低保、特困、监测对象、孤儿、事实无人抚养或优抚等特殊群体",
    "belongs to a special group (minimum living allowance, orphan, …)",
    holds=lambda f, _: not _ROSTER_C1.isdisjoint(f.kinds) or not _ROSTER_C1.isdisjoint(f.roster_groups),
    seen=lambda f, _: (
        sorted(_ROSTER_C1 & (f.kinds | f.roster_groups)),
        sorted(_ROSTER_C1),
        1.0 if _ROSTER_C1 & (f.kinds | f.roster_groups) else 0.0,
    ),
    kinds=_ROSTER_C1,
)
# Whatever tells of a family's income, the newest word counts.
_TELLS_INCOME = frozenset({"minimum_living_allowance", "monitored_household", "low_income_family", "sudden_hardship"})
INCOME_BELOW = Condition(
    "income_below_line",
    "家庭人均月收入低于当地低保标准",
    "monthly income a head below the local line",
    holds=lambda f, t: f.income_per_head is not None and f.income_per_head < t.income_line,
    seen=lambda f, t: (f.income_per_head, t.income_line, _near_income(f, t.income_line)),
    kinds=_TELLS_INCOME,
)
INCOME_NEAR = Condition(
    "income_near_line",
    "家庭人均月收入略高于低保标准",
    "monthly income a head not far above the local line",
    holds=lambda f, t: f.income_per_head is not None and f.income_per_head < t.income_line * t.income_near,
    seen=lambda f, t: (f.income_per_head, int(t.income_line * t.income_near), _near_income(f, int(t.income_line * t.income_near))),
    kinds=_TELLS_INCOME,
)


def _near_income(f: Facts, line: int) -> float:
    if f.income_per_head is None:
        return 0.0
    return 1.0 if f.income_per_head < line else max(0.0, 1 - (f.income_per_head - line) / max(line, 1))


LOWEST_RUNNING = Condition(
    "lowest_band_running",
    "连续多次考试处于班级后段",
    "in the lowest part of the class in so many term exams running",
    holds=_lowest_holds,
    seen=lambda f, t: (
        0 if _is_paperless(f, t) else _running(f, t),
        t.exams_running,
        0.0 if _is_paperless(f, t) else min(1.0, _running(f, t) / t.exams_running),
    ),
)
WEAK_SHARE = Condition(
    "weak_share",
    "近几次考试平均得分率低",
    "low mean share of full marks in the latest exams",
    holds=_weak_share_holds,
    seen=_weak_share_seen,
)
METHOD = _evidence("method_or_motivation", "反映学习方法或动力不足", "weak method or motivation, as told", "weak_method", "low_motivation")
TRUANT = Condition(
    "truancy",
    "本学年旷课较多",
    "truancy in this school year",
    holds=lambda f, t: f.truancy >= t.truancy_days,
    seen=lambda f, t: (f.truancy, t.truancy_days, min(1.0, f.truancy / t.truancy_days)),
)
PAPERLESS = Condition(
    "paperless_grade",
    "所在年级不组织纸笔考试",
    "a grade without paper exams",
    holds=_is_paperless,
    seen=lambda f, t: (f.grade, t.paperless_grades, 1.0 if _is_paperless(f, t) else 0.0),
)
DISABILITY = Condition(
    "disability",
    "有残疾登记或残联名单记录",
    "a disability on record",
    holds=lambda f, _: f.has_disability or "disability" in f.kinds,
    seen=lambda f, _: (f.has_disability or "disability" in f.kinds, True, 1.0 if f.has_disability or "disability" in f.kinds else 0.0),
    kinds=frozenset({"disability"}),
)
_FORMS = frozenset({"left_behind", "single_parent_family", "raised_by_grandparents"})
FAMILY_FORM = Condition(
    "family_form",
    "留守、单亲或隔代抚养",
    "left behind, single parent or raised by grandparents",
    holds=lambda f, _: f.lives_apart or not _FORMS.isdisjoint(f.kinds),
    seen=lambda f, _: (f.lives_apart or bool(_FORMS & f.kinds), True, 1.0 if f.lives_apart or _FORMS & f.kinds else 0.0),
    kinds=_FORMS,
)
_ec = _evidence
_OBSERVED = frozenset({"nomination", "home_visit"})  # a teacher saw it: what a first-grader says of the own learning is no observation

RULES: tuple[Rule, ...] = (
    Rule("C1.special_group", "economic", "key", "特殊群体", "Special group", (SPECIAL_GROUP,)),
    Rule("C1.income", "economic", "key", "收入低于低保标准", "Income below the line", (INCOME_BELOW,)),
    Rule(
        "C1.sudden",
        "economic",
        "key",
        "突发严重困难",
        "Sudden hardship",
        (
            _ec(
                "sudden_hardship",
                "家庭遭遇大病、灾害等突发困难",
                "serious illness or disaster in the family",
                "sudden_hardship",
                "serious_illness_family",
            ),
        ),
    ),
    Rule(
        "C1.near_line",
        "economic",
        "general",
        "收入接近低保标准且家庭负担重",
        "Income near the line with a burden",
        (
            INCOME_NEAR,
            _ec("burden", "家庭成员残疾或经济负担重", "a disabled parent or heavy burden", "disabled_parent", "low_income_family"),
        ),
    ),
    Rule(
        "C2.lowest_and_method",
        "academic",
        "key",
        "长期处于后段且方法或动力不足",
        "Long in the lowest part, weak method or motivation",
        (LOWEST_RUNNING, METHOD),
    ),
    Rule(
        "C2.lowest_and_truancy", "academic", "key", "长期处于后段且旷课", "Long in the lowest part, with truancy", (LOWEST_RUNNING, TRUANT)
    ),
    Rule(
        "C2.weak_foundation",
        "academic",
        "general",
        "基础薄弱（不论位次）",
        "Weak foundation, whatever the rank",
        (
            WEAK_SHARE,
            _ec("foundation", "反映基础薄弱", "weak foundation, as told", "weak_foundation", "weak_method", "low_motivation"),
        ),
    ),
    Rule(
        "C2.observation",
        "academic",
        "general",
        "低年级学习观察",
        "Observation in the grades without paper exams",
        (
            PAPERLESS,
            _ec("observation", "教师学习观察记录", "a teacher's observation", "learning_observation", "weak_foundation", sources=_OBSERVED),
        ),
    ),
    Rule("C3.disability", "health", "key", "残疾", "Disability", (DISABILITY,)),
    Rule(
        "C3.lasting",
        "wellbeing",
        "key",
        "长期心理困扰",
        "Lasting psychological trouble",
        (_ec("lasting_trouble", "长期焦虑或抑郁", "long anxiety or depression", "long_anxiety", "long_depression"),),
    ),
    Rule(
        "C3.behaviour",
        "health",
        "key",
        "情绪行为障碍",
        "Emotional-behavioural trouble",
        (_ec("emotional_behavioural", "情绪行为困难", "emotional-behavioural trouble", "emotional_behavioural"),),
    ),
    Rule(
        "C3.chronic",
        "health",
        "general",
        "慢性病",
        "Chronic illness",
        (_ec("chronic_illness", "慢性病影响学习生活", "a chronic illness", "chronic_illness"),),
    ),
    Rule(
        "C4.hurt",
        "protection",
        "key",
        "受欺凌或被忽视",
        "Bullied or neglected",
        (_ec("hurt", "遭受欺凌或被忽视", "bullied or neglected", "bullied", "neglect"),),
    ),
    Rule(
        "C4.conflict",
        "family",
        "general",
        "家庭冲突",
        "Family conflict",
        (_ec("family_conflict", "家庭冲突影响学生", "conflict in the family", "family_conflict"),),
    ),
    Rule(
        "C4.companionship",
        "family",
        "general",
        "缺少陪伴",
        "Lacks companionship",
        (
            FAMILY_FORM,
            _ec("lack_of_companionship", "缺少情感陪伴的具体情况", "lack of companionship as somebody saw it", "lack_of_companionship"),
        ),
    ),
)
