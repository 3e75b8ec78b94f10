"""A plan in words: for the family without labels, categories or levels; for paper as schools write them."""

from decimal import Decimal

from nuanyang.casework.plans.rules.content import PlanContent

DIMENSION_WORDS = {"academic": "学业", "psychological": "心理", "living": "生活", "social": "社会"}
LEVEL_WORDS = {"key": "重点", "general": "一般"}
ACHIEVED_WORDS = {"yes": "已达成", "partly": "部分达成", "no": "未达成"}
OUTCOME_WORDS = {"keep": "继续执行", "revise": "修订计划", "step_up": "升为重点", "exit": "结束计划"}
STATE_WORDS = {
    "draft": "草稿",
    "submitted": "待审批",
    "approved": "执行中",
    "superseded": "已更新",
    "closed": "已结束",
    "discarded": "已作废",
}
PER_WORDS = {"day": "每天", "week": "每周", "month": "每月", "term": "每学期", "once": "共"}
# Not on a family's paper without a talk first; the counsellor explains these in person.
NOT_WRITTEN = frozenset({"wellbeing", "clinical", "protection", "health"})


def dose_words(times: Decimal | float, per: str, minutes: int) -> str:
    """每周 2 次，每次 40 分钟."""
    count = f"{Decimal(str(times)).normalize():f}"
    return f"{PER_WORDS[per]} {count} 次" + (f"，每次 {minutes} 分钟" if minutes else "")


def family_summary(plan: PlanContent) -> str:
    """A first wording for the family, to be read over by whoever writes the plan. Says aims and doses, never needs or baselines."""
    goals = [g for n in plan.needs if n.data_class not in NOT_WRITTEN for g in n.goals]
    if not goals:
        return ""
    aims = list(dict.fromkeys(g.statement.rstrip("。；") for g in goals if g.statement.strip()))
    doing = list(dict.fromkeys(f"{m.title}：{dose_words(m.times, m.per, m.minutes)}" for g in goals for m in g.measures))
    lines = ["亲爱的家长：", "学校和您一起，陪孩子走好这一段路。"]
    lines += ["我们希望：", *(f"· {a}" for a in aims)] if aims else []
    lines += ["我们会这样做：", *(f"· {d}" for d in doing)] if doing else []
    lines += ["孩子每一点进步，我们都会及时告诉您；您有任何想法，也请随时和班主任联系。"]
    return "\n".join(lines)
