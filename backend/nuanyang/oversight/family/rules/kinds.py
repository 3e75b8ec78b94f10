"""Each kind of measure as a family may hear of it; whatever stands under no neutral word is not told."""

from collections.abc import Mapping
from typing import Literal

Kind = Literal[
    "home_visit", "phone_contact", "feedback", "family_event", "tutoring", "study", "care", "skills", "together", "support", "talk"
]

WORDS: Mapping[Kind, str] = {
    "home_visit": "老师家访",
    "phone_contact": "电话沟通",
    "feedback": "家校反馈",
    "family_event": "家长活动",
    "tutoring": "学习辅导",
    "study": "学习指导",
    "care": "校内照顾与托管",
    "skills": "生活技能活动",
    "together": "同伴与集体活动",
    "support": "生活方面的支持",
    "talk": "老师谈心",
}
KIND_OF: Mapping[str, Kind] = {
    "A1.1.level_placement": "study",
    "A1.2.learning_plan": "study",
    "A1.3.small_group_tutoring": "tutoring",
    "A1.3.peer_tutoring": "tutoring",
    "A2.1.differentiated_task": "study",
    "A2.2.class_observation": "study",
    "G1.2.study_habit_check": "study",
    "A3.1.learning_resource": "study",
    "L1.1.home_visit": "home_visit",
    "I2.2.talk": "talk",
    "S1.2.phone_contact": "phone_contact",
    "L1.1.hardship_check": "home_visit",
    "L1.2.aid_guidance": "support",
    "L1.3.emergency_aid": "support",
    "G3.2.supplies": "support",
    "L2.3.lunch": "care",
    "L2.3.weekend_care": "care",
    "I2.3.holiday_care": "care",
    "L3.1.skills_class": "skills",
    "L3.2.skills_contest": "skills",
    "S1.1.family_education": "family_event",
    "S1.2.daily_feedback": "feedback",
    "S2.1.after_school_station": "care",
    "S3.3.volunteer_tutoring": "tutoring",
    "S3.3.volunteer_companionship": "together",
    "G4.1.group_activity": "together",
    "G4.2.peer_support": "together",
}
# Of health or of the mind, or told to other offices: these are talked over in person.
NOT_TOLD = frozenset(
    {
        *("A3.2.accessible_resource", "L2.1.accessibility", "G3.3.accommodation", "L2.2.life_assistance"),
        *("P1.1.counselling", "P2.1.group_counselling", "P2.2.family_workshop", "P3.1.screening_follow_up", "P3.2.file_update"),
        *("P3.4.support_team_meeting", "I2.3.wellbeing_camp", "S2.2.community_referral"),
    }
)
# In these the family itself takes part: nothing is told that it does not know.
WITH_FAMILY: frozenset[Kind] = frozenset({"home_visit", "phone_contact", "feedback", "family_event"})
