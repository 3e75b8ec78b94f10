"""What a student may speak about, in a child's words: data. Each topic is a kind of the evidence catalogue, and its questions are facts of that kind.

Nothing here names a category, a level or a hardship: what the school makes of it is not the student's to read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

TopicCode = Literal[
    "all_well",
    "behind",
    "how_to_learn",
    "no_drive",
    "worried",
    "sad",
    "unwell",
    "hurt",
    "quarrels",
    "lonely",
    "uncared",
    "family_event",
    "talk",
]
Words = tuple[str, str]  # Chinese, English


@dataclass(frozen=True, slots=True)
class Question:
    """A question with ready answers; each is the value of a fact and the words for it."""

    fact: str
    words: Words
    answers: tuple[tuple[str | int, Words], ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to speak about. Without a kind there is nothing to help with: that the student was asked is noted all the same."""

    code: TopicCode
    words: Words
    hint: Words
    kind: str | None
    questions: tuple[Question, ...] = ()
    is_note_required: bool = False


_HOW_LONG = Question(
    "duration_months",
    ("这样有多久了？", "For how long?"),
    (
        (0, ("最近几天到几周", "Days or weeks")),
        (1, ("一个多月", "About a month")),
        (6, ("半年左右", "About half a year")),
        (12, ("一年以上", "A year or more")),
    ),
)
_HOW_MUCH = Question(
    "impact",
    ("对你的影响大吗？", "How much does it trouble you?"),
    (("slight", ("有一点", "A little")), ("clear", ("比较大", "Quite a lot")), ("severe", ("很大", "Very much"))),
)
_HOW_OFTEN = Question(
    "frequency",
    ("多久发生一次？", "How often?"),
    (("once", ("只有一次", "Once")), ("repeated", ("好几次了", "Several times")), ("ongoing", ("一直这样", "All the time"))),
)
_BY_WHOM = Question(
    "by_whom",
    ("是谁这样对你？", "Who does it?"),
    (
        ("student", ("同学", "Other students")),
        ("staff", ("老师或学校里的大人", "A teacher or another grown-up at school")),
        ("family", ("家里人", "Somebody at home")),
        ("other", ("别的人", "Somebody else")),
    ),
)
_EVENT = Question(
    "event",
    ("发生了什么事？", "What happened?"),
    (
        ("illness", ("家里有人得了重病", "Somebody is seriously ill")),
        ("accident", ("出了意外", "An accident")),
        ("disaster", ("遇到火灾、水灾等", "Fire, flood or the like")),
        ("death", ("有亲人去世", "Somebody died")),
        ("unemployment", ("家里大人没了工作", "A parent lost their work")),
        ("other", ("别的事", "Something else")),
    ),
    is_required=True,
)

_ALL = (
    Topic(
        "behind",
        ("功课跟不上", "I cannot keep up"),
        ("听不懂、作业不会做", "Lessons or homework are too hard"),
        "weak_foundation",
        (_HOW_LONG, _HOW_MUCH),
    ),
    Topic(
        "how_to_learn",
        ("不知道怎么学", "I do not know how to study"),
        ("花了时间，效果不好", "I try, and it does not help"),
        "weak_method",
        (_HOW_MUCH,),
    ),
    Topic(
        "no_drive",
        ("提不起劲学习", "I do not feel like studying"),
        ("不想学、坐不住", "I cannot bring myself to it"),
        "low_motivation",
        (_HOW_LONG, _HOW_MUCH),
    ),
    Topic(
        "worried",
        ("总是紧张、害怕", "I am always tense or afraid"),
        ("担心、睡不好、心慌", "Worried, sleeping badly"),
        "long_anxiety",
        (_HOW_LONG, _HOW_MUCH),
    ),
    Topic(
        "sad",
        ("总是难过、不开心", "I am always sad"),
        ("什么都不想做、常想哭", "Nothing is fun, I often cry"),
        "long_depression",
        (_HOW_LONG, _HOW_MUCH),
    ),
    Topic("unwell", ("身体不舒服", "I do not feel well"), ("生病、疼痛，影响上学", "Ill or in pain"), "chronic_illness", (_HOW_MUCH,)),
    Topic(
        "hurt",
        ("有人欺负我、伤害我", "Somebody bullies or hurts me"),
        ("打骂、孤立、要东西、网上骂我", "Hitting, insults, leaving me out, online too"),
        "bullied",
        (_BY_WHOM, _HOW_OFTEN, _HOW_MUCH),
    ),
    Topic(
        "quarrels",
        ("家里常吵架", "There are quarrels at home"),
        ("大人吵架、打架，我很难受", "The grown-ups fight"),
        "family_conflict",
        (_HOW_OFTEN, _HOW_MUCH),
    ),
    Topic(
        "lonely",
        ("没有人陪我", "Nobody is there for me"),
        ("想爸爸妈妈、没人说话", "I miss my parents, nobody talks to me"),
        "lack_of_companionship",
        (_HOW_MUCH,),
    ),
    Topic(
        "uncared",
        ("没有人照顾我", "Nobody takes care of me"),
        ("吃饭、看病、上下学没人管", "Meals, illness, the way to school"),
        "neglect",
        (_HOW_OFTEN, _HOW_MUCH),
    ),
    Topic(
        "family_event",
        ("家里出了大事", "Something bad happened at home"),
        ("生病、意外、受灾、丢了工作", "Illness, accident, lost work"),
        "sudden_hardship",
        (_EVENT,),
    ),
    Topic(
        "talk",
        ("别的事，想找老师说说", "Something else I want to talk about"),
        ("写几句就行", "A few words are enough"),
        "wish_to_talk",
        is_note_required=True,
    ),
    Topic("all_well", ("我最近挺好的", "I am doing fine"), ("没有需要老师帮忙的事", "Nothing I need help with"), None),
)
TOPICS: Mapping[TopicCode, Topic] = {topic.code: topic for topic in _ALL}
TOPIC_OF_KIND: Mapping[str, Topic] = {topic.kind: topic for topic in _ALL if topic.kind}
