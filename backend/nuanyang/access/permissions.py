"""Role × data class × action: the policy as data; `docs/permissions.md` prints it, decision 14 says where it differs from its design and why.

Scope comes from the role assignment (school, grade, class, student), except for ON_CASE: that reaches only the students whose case the
person leads. Rights of several roles add up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args
from uuid import UUID

DataClass = Literal[
    "basic",
    "contact",
    "identity",
    "academic",
    "economic",
    "family",
    "protection",
    "health",
    "support_needs",
    "wellbeing",
    "clinical",
    "volunteering",
    "money",
]
# `nominate`: open a case and see its result; `confirm`: ask whether four characters are the last of a number, which is never shown.
Action = Literal["read", "write", "approve", "nominate", "confirm"]

DATA_CLASSES: tuple[DataClass, ...] = get_args(DataClass)

# In words, for papers and pages that the server writes.
CLASS_NAMES: Mapping[str, str] = {
    "basic": "基本信息",
    "contact": "联系方式",
    "identity": "身份信息",
    "academic": "学业",
    "economic": "家庭经济",
    "family": "家庭情况",
    "protection": "保护性信息",
    "health": "健康",
    "support_needs": "支持需求",
    "wellbeing": "心理关注",
    "clinical": "心理辅导",
    "volunteering": "志愿服务",
    "money": "经费",
}

# Every reading of these about a named student is recorded (docs/access.md).
RECORDED_CLASSES: frozenset[str] = frozenset({"identity", "clinical", "wellbeing", "economic", "family", "protection", "health"})

# A case record has the class of what it is about.
CATEGORY_CLASS: Mapping[str, DataClass] = {"C1": "economic", "C2": "academic", "C3": "health", "C4": "family"}
# The classes a case of each category may have, the one more people hold first: a counsellor's C3 is wellbeing, bullying is a C4 of protection.
CATEGORY_CLASSES: Mapping[str, tuple[DataClass, ...]] = {
    "C1": ("economic",),
    "C2": ("academic",),
    "C3": ("health", "wellbeing"),
    "C4": ("family", "protection"),
}
CLASS_CATEGORY: Mapping[str, str] = {c: category for category, classes in CATEGORY_CLASSES.items() for c in classes}
DIMENSION_CLASS: Mapping[str, DataClass] = {"academic": "academic", "psychological": "wellbeing", "living": "economic", "social": "family"}

R, RW, RA, RWA = frozenset({"read"}), frozenset({"read", "write"}), frozenset({"read", "approve"}), frozenset({"read", "write", "approve"})
Rights = Mapping[str, frozenset[str]]

_SCHOOL_WIDE_READ: Rights = dict.fromkeys(
    ("basic", "contact", "academic", "economic", "family", "protection", "health", "support_needs", "wellbeing", "volunteering", "money"), R
)
_APPROVES_CASES = ("academic", "economic", "family", "protection", "health", "wellbeing", "money")

# One line a role; what is not named is not allowed. `aspects` below say what is narrower than a whole class.
ROLES: Mapping[str, Rights] = {
    "principal": {**_SCHOOL_WIDE_READ, **dict.fromkeys(_APPROVES_CASES, RA), "identity": R},
    # Approves by the principal's dated delegation only: then they hold `acting_principal` besides.
    "vice_principal": {**_SCHOOL_WIDE_READ, "identity": R},
    "acting_principal": dict.fromkeys(_APPROVES_CASES, frozenset({"approve"})),
    "academic_affairs": {"basic": R, "contact": R, "academic": RWA, "support_needs": R},
    "moral_education": {
        "basic": R,
        "contact": R,
        "academic": R,
        "economic": RA,
        "family": RWA,
        "protection": RWA,
        "health": RWA,
        "wellbeing": RWA,
        "support_needs": R,
        "volunteering": RA,
        "identity": R,
        "money": R,
    },
    "counsellor": {"basic": R, "contact": R, "academic": R, "family": R, "protection": R, "health": R, "wellbeing": RW},
    # 危机值班: for the days of the duty a counsellor opens every clinical file without delay. Alone it opens nothing, see `reach_of`.
    "crisis_duty": {"clinical": R},
    "general_affairs": {"basic": R, "support_needs": R, "money": RW},
    "aid_officer": {"basic": R, "contact": R, "economic": RW, "family": R, "identity": R},
    "youth_league": {"volunteering": RWA},
    "registrar": {"basic": RW, "contact": RW, "identity": RW},
    "grade_head": {
        "basic": R,
        "contact": R,
        "academic": RA,
        "family": RA,
        "support_needs": R,
        # The step of the grade is decided upon the reasons of the case; what else is known of a family's money is not a grade's matter.
        "economic": frozenset({"approve"}),
        "health": frozenset({"approve"}),
        "identity": frozenset({"confirm"}),
    },
    "homeroom_teacher": {
        "basic": RW,
        "contact": RW,
        "academic": RW,
        "family": RW,
        "support_needs": RW,
        "economic": frozenset({"nominate"}),
        "health": frozenset({"nominate"}),
        "identity": frozenset({"confirm"}),
    },
    "subject_teacher": {"basic": R, "academic": R, "support_needs": R},
    "tutor": {"basic": R, "academic": RW},
    "special_educator": {"basic": R, "support_needs": RW},
    "school_nurse": {"basic": R, "support_needs": RW},
    "admin": {},
    "district_admin": {},
}

# What a program may be given: scopes instead of roles, over the whole school, and never the right to see who is supported. The list is closed in
# the database, too. Nothing here reaches health, wellbeing, protection or what is clinical, nor money or poverty.
SCOPES: Mapping[str, Rights] = {
    "students:read": {"basic": R},
    "contacts:read": {"contact": R},
    "academic:read": {"academic": R},
    "academic:write": {"academic": RW},
    "roster:write": {"basic": RW, "contact": RW, "identity": RW},
}

# Teaching a subject shows results, never that a student is supported: these roles hold `read` of a class without `cases`, the right to see
# its case records (evidence, recognitions, needs, plans, interventions, their entries on the timeline).
WITHOUT_CASES = frozenset({"subject_teacher"})

# Who leads a case reads and writes that student's case, whatever their role; never clinical, protection or amounts of money.
CASE_LEAD: Rights = {"basic": R, "contact": R, "academic": RW, "economic": R, "family": RW, "health": R, "support_needs": R, "wellbeing": R}

# What an office adds over the students whose case its holder leads, and over nobody else. Never protection: what a child tells of somebody at
# the school whom they do not name must not reach a lead who may be that person (decision 14).
ON_CASE: Mapping[str, Rights] = {
    "special_educator": {"health": RW},
    "school_nurse": {"health": RW},
}

# Who counsels a student reads and writes that one clinical file; it is theirs as long as the case is, or as they stand in for its counsellor.
CASE_COUNSELLOR: Rights = {"clinical": RW}
# Rights that come with one student's case and not with an office.
CASE_ROLES: Mapping[str, Rights] = {"case_lead": CASE_LEAD, "case_counsellor": CASE_COUNSELLOR}
CASE_ROLE_NAMES: Mapping[str, tuple[str, str]] = {
    "case_lead": ("帮扶责任人", "Case lead"),
    "case_counsellor": ("个案心理教师", "Counsellor on the case"),
}

# Who does not hold a class may still have to tell: what they told is all they read back. A homeroom teacher nominates; whoever says what a
# child needs of its teachers knows why; whoever cares for a child's family or wellbeing reports what needs protecting.
TELLERS: Mapping[str, tuple[tuple[str, DataClass], ...]] = {
    "economic": (("nominate", "economic"),),
    "health": (("nominate", "health"), ("write", "support_needs")),
    "wellbeing": (("nominate", "health"),),
    "protection": (("write", "family"), ("write", "wellbeing"), ("nominate", "health")),
}

ROLE_NAMES: Mapping[str, tuple[str, str]] = {
    "principal": ("校长", "Principal"),
    "vice_principal": ("分管副校长", "Vice principal"),
    "acting_principal": ("代行校长审批", "Acting for the principal"),
    "academic_affairs": ("教务处", "Academic affairs"),
    "moral_education": ("德育处", "Moral education"),
    "counsellor": ("心理教师", "Counsellor"),
    "crisis_duty": ("危机值班", "On crisis duty"),
    "general_affairs": ("总务处", "General affairs"),
    "aid_officer": ("资助专干", "Aid officer"),
    "youth_league": ("团委", "Youth league"),
    "registrar": ("学籍管理员", "Registrar"),
    "grade_head": ("年级组长", "Grade head"),
    "homeroom_teacher": ("班主任", "Homeroom teacher"),
    "subject_teacher": ("学科教师", "Subject teacher"),
    "tutor": ("学业导师", "Tutor"),
    "special_educator": ("资源教师", "Special educator"),
    "school_nurse": ("校医", "School nurse"),
    "admin": ("系统管理员", "Administrator"),
    "district_admin": ("区县管理员", "District administrator"),
}
# Who is named in the design and is no role: what each would reach is not built, so that nobody is given it by mistake.
WAITING: Mapping[str, str] = {
    "生活助理、托管 care_assistant": "the day lists of boarding and after-school care, with attendance",
    "志愿者 volunteer": "pairings and sessions of volunteers",
    "社区联络员 community_partner": "referral cards of thirty days with the consented fields",
    "评估小组 evaluator": "samples of files under coded names, and counts with small cells suppressed",
    "区县 district": "counts over its schools; `district_admin` brings rosters in, and opens no class of data",
}
_HEADS = ("principal", "vice_principal")
_DEPARTMENTS = ("academic_affairs", "moral_education", "general_affairs", "youth_league")
# What is no right to a class of data, and who does it: guards, menus and services ask for the duty, never for a role.
DUTIES: Mapping[str, tuple[str, ...]] = {
    "keep_accounts": ("admin",),
    "watch_jobs": ("admin", *_HEADS),
    "read_audit": ("principal",),
    "read_audit_of_case": ("counsellor",),
    "verify_audit": ("principal", "admin"),
    "bring_rosters": ("registrar", "district_admin"),
    "seek_missing": ("registrar", "academic_affairs", "moral_education"),
    "see_missing": ("registrar", "academic_affairs", "moral_education", *_HEADS),
    "set_rules": (*_HEADS, "moral_education", "academic_affairs", "aid_officer"),
    "assign_leads": (*_HEADS, "moral_education", "academic_affairs", "grade_head"),
    "limit_leads": (*_HEADS, "moral_education"),
    "keep_plan_library": (
        "principal",
        "vice_principal",
        "academic_affairs",
        "moral_education",
        "counsellor",
        "aid_officer",
        "grade_head",
        "special_educator",
    ),
    "teach_a_subject": ("subject_teacher",),
    "see_retention": ("principal", "moral_education", "admin"),
    # Content is no matter of the administrator's: what happens to it people decide who may see it.
    "approve_retention": ("principal", "moral_education"),
    "apply_retention": ("principal",),
    "hold": ("principal", "moral_education"),
    "answer_requests": ("registrar", "moral_education", "principal"),
    "work_on_requests": ("registrar", "moral_education"),
    "answer_as_registrar": ("registrar",),
    "answer_as_moral_education": ("moral_education",),
    "approve_erasure": ("principal",),
    # The term is the school's own promise.
    "set_request_term": ("principal",),
    # They record what a guardian wrote or said; the homeroom teacher for the own class.
    "record_consent": ("homeroom_teacher", "moral_education", "counsellor"),
    "write_consent_texts": ("moral_education", "principal"),
    "print_activation": ("homeroom_teacher", "moral_education"),
    # Whoever reads protection sees the orders; these record and lift them, audited, without a second pair of eyes: it must not wait.
    "keep_custody": ("moral_education", "principal"),
    "open_counselling": ("counsellor", *_HEADS, "moral_education"),
    "name_counsellors": (*_HEADS, "moral_education"),
    "break_glass": (*_HEADS, "moral_education", "counsellor"),
    "oversee_broken_glass": (*_HEADS, "moral_education"),
    "review_broken_glass": ("principal",),
    "review_principals_glass": ("vice_principal", "moral_education"),
    "change_homeroom_teacher": ("admin",),
    # The programme of the year: moral education writes all of it, each other department its own clauses; who carries it approves it.
    "write_editions": ("moral_education",),
    "write_clauses": ("moral_education", "academic_affairs", "general_affairs", "youth_league"),
    "write_academic_affairs_clauses": ("academic_affairs",),
    "write_general_affairs_clauses": ("general_affairs",),
    "write_youth_league_clauses": ("youth_league",),
    "approve_editions": ("principal", "acting_principal"),
    # Who approves it, and who submitted it and takes it back.
    "return_editions": ("principal", "acting_principal", "moral_education"),
    # How much falls to whom tells how many children with which troubles somebody has: only who may see all of these counts.
    "see_programme_load": (*_HEADS, "moral_education"),
    # What a school day is decides when everybody's duties fall due: no matter of the administrator's. Terms come with the roster.
    "keep_calendar": (*_HEADS, "academic_affairs", "moral_education"),
    # Over the school for who answers for clauses, over their own classes for who carries them out; what a number would tell of a child in a class
    # is counted by its class of data.
    "see_compliance": (*_HEADS, *_DEPARTMENTS, "counsellor", "aid_officer", "grade_head", "homeroom_teacher"),
    "waive_occurrences": (*_HEADS, *_DEPARTMENTS),
    # Lists to act from, of the students whose cases each of them may hear of.
    "see_gaps": (
        *_HEADS,
        "academic_affairs",
        "moral_education",
        "counsellor",
        "aid_officer",
        "grade_head",
        "homeroom_teacher",
        "subject_teacher",
        "special_educator",
        "school_nurse",
    ),
    "define_gaps": (*_HEADS, "moral_education"),
    # Whose clauses these are: each department answers for its own, who carries the programme for all of them.
    "answer_for_principal": (*_HEADS, "acting_principal"),
    **{f"answer_for_{department}": (department,) for department in _DEPARTMENTS},
}
DUTY_NAMES: Mapping[str, str] = {
    "keep_accounts": "管理账号",
    "watch_jobs": "查看全校后台任务",
    "read_audit": "查看全校访问与修改记录",
    "read_audit_of_case": "查看所跟进学生的访问与修改记录",
    "verify_audit": "核验记录",
    "bring_rosters": "导入名册",
    "seek_missing": "核实学生去向",
    "see_missing": "查看去向待核实的学生",
    "set_rules": "制定认定规则",
    "assign_leads": "指定帮扶责任人",
    "limit_leads": "设定帮扶责任人的负责上限",
    "keep_plan_library": "维护计划模板",
    "teach_a_subject": "记录本学科的成绩和辅导",
    "see_retention": "查看信息保存、预演、提出期限",
    "approve_retention": "审核保存期限",
    "apply_retention": "处理到期信息",
    "hold": "设置和解除法律保全",
    "answer_requests": "查看个人信息请求",
    "work_on_requests": "答复个人信息请求",
    "answer_as_registrar": "答复基本信息和联系方式的请求",
    "answer_as_moral_education": "答复其他信息的请求",
    "approve_erasure": "批准删除个人信息",
    "set_request_term": "设定个人信息请求的答复期限",
    "record_consent": "登记知情同意",
    "write_consent_texts": "修改同意书文本",
    "print_activation": "打印家长激活码",
    "keep_custody": "登记和解除监护令",
    "open_counselling": "建立心理个案",
    "name_counsellors": "指定个案心理教师",
    "break_glass": "紧急查阅心理辅导档案",
    "oversee_broken_glass": "督查紧急查阅",
    "review_broken_glass": "复核他人的紧急查阅",
    "review_principals_glass": "复核校长的紧急查阅",
    "change_homeroom_teacher": "办理换班主任",
    "write_editions": "制定帮扶方案",
    "write_clauses": "修改帮扶方案的条款",
    "write_academic_affairs_clauses": "修改教务处负责的条款",
    "write_general_affairs_clauses": "修改总务处负责的条款",
    "write_youth_league_clauses": "修改团委负责的条款",
    "approve_editions": "批准帮扶方案",
    "return_editions": "退回或撤回帮扶方案",
    "see_programme_load": "查看帮扶方案的工作量测算",
    "keep_calendar": "维护校历",
    "see_compliance": "查看方案落实情况",
    "waive_occurrences": "免办应办事项",
    "see_gaps": "查看待补环节",
    "define_gaps": "设定待补环节的口径",
    "answer_for_principal": "负责整个方案的落实",
    "answer_for_academic_affairs": "负责教务处条款的落实",
    "answer_for_moral_education": "负责德育处条款的落实",
    "answer_for_general_affairs": "负责总务处条款的落实",
    "answer_for_youth_league": "负责团委条款的落实",
}
# The scope kinds a role may be given with.
ROLE_SCOPES: Mapping[str, frozenset[str]] = {
    **{role: frozenset({"school"}) for role in ROLES},
    "grade_head": frozenset({"grade"}),
    "homeroom_teacher": frozenset({"class"}),
    "subject_teacher": frozenset({"class"}),
    "tutor": frozenset({"class", "student"}),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Which students a right reaches: the whole school, or those of some classes and some single students."""

    whole: bool = False
    class_ids: frozenset[UUID] = frozenset()
    student_ids: frozenset[UUID] = frozenset()

    def __or__(self, other: "Scope") -> "Scope":
        if self.whole or other.whole:
            return WHOLE
        return Scope(False, self.class_ids | other.class_ids, self.student_ids | other.student_ids)

    def __bool__(self) -> bool:
        return self.whole or bool(self.class_ids) or bool(self.student_ids)

    def covers(self, class_id: UUID | None, student_id: UUID | None = None) -> bool:
        """Whether a student of this class (or this student) is reached."""
        return (
            self.whole
            or (class_id is not None and class_id in self.class_ids)
            or (student_id is not None and student_id in self.student_ids)
        )

    @property
    def classes(self) -> list[UUID] | None:
        """The argument for `($n::uuid[] is null or class_id = any($n))`: None is the whole school."""
        return None if self.whole else sorted(self.class_ids)

    @property
    def students(self) -> list[UUID]:
        """The argument for `id = any($n)`, beside `classes`."""
        return sorted(self.student_ids)


NOTHING, WHOLE = Scope(), Scope(whole=True)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role assignment in force today, its scope resolved to classes and students."""

    role: str
    scope: Scope
    scope_kind: str = "school"
    scope_name: str | None = None
    is_delegated: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """For every (data class, action) the scope; worked out once a caller."""

    scopes: Mapping[tuple[str, str], Scope] = field(default_factory=dict)

    def of(self, data_class: str, action: str) -> Scope:
        """The scope of one right; NOTHING when not held."""
        return self.scopes.get((data_class, action), NOTHING)


def reach_of(
    held: Iterable[HeldRole], led_student_ids: frozenset[UUID] = frozenset(), counselled_student_ids: frozenset[UUID] = frozenset()
) -> Reach:
    """Add up the rights of the held roles, of the cases the person leads and of those they counsel."""
    scopes: dict[tuple[str, str], Scope] = {}
    held = tuple(held)
    is_counsellor = any(assignment.role == "counsellor" for assignment in held)

    def add(rights: Rights, scope: Scope, *, sees_cases: bool = True) -> None:
        for data_class, actions in rights.items():
            if data_class == "clinical" and not is_counsellor:
                continue  # whoever is no counsellor any more keeps no clinical file, whatever was not ended
            for action in (*actions, "cases") if sees_cases and "read" in actions else actions:
                scopes[data_class, action] = scopes.get((data_class, action), NOTHING) | scope

    for assignment in held:
        add(ROLES.get(assignment.role, {}), assignment.scope, sees_cases=assignment.role not in WITHOUT_CASES)
    if led_student_ids:
        led = Scope(student_ids=led_student_ids)
        for rights in (CASE_LEAD, *(ON_CASE[role] for role in {assignment.role for assignment in held} & ON_CASE.keys())):
            add(rights, led)
    if counselled_student_ids:
        add(CASE_COUNSELLOR, Scope(student_ids=counselled_student_ids))
    return Reach(scopes)


def reach_of_scopes(scopes: Iterable[str]) -> Reach:
    """What a program's scopes add up to."""
    return Reach({(data_class, action): WHOLE for scope in scopes for data_class, actions in SCOPES[scope].items() for action in actions})
