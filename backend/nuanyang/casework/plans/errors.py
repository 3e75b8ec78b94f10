"""What can go wrong with plans.

NotFound: PlanNotFound, TemplateNotFound
Conflict: PlanInMaking, PlanIncomplete, NotADraft, NotSubmitted, NotInForce, OwnPlan, NobodyRecognised, NothingInForce
Forbidden: NotYoursToDecide, NotYourPart
"""

from nuanyang.kit.errors import Conflict, Forbidden, NotFound


class PlanNotFound(NotFound):
    """No such plan in the caller's reach."""

    code, zh, en = "plan_not_found", "没有找到这份帮扶计划，或您无权查看。", "No such support plan, or not visible to you."


class TemplateNotFound(NotFound):
    """Neither shipped nor one of the school's, or retired."""

    code, zh, en = "template_not_found", "没有找到这个计划模板，或已停用。", "No such plan template, or it is retired."


class PlanInMaking(Conflict):
    """One version in the making at a time."""

    code, zh, en = "plan_in_making", "该生已有一份正在制定或待审的计划。", "This student already has a plan in the making."


class PlanInForce(Conflict):
    """A plan in force is followed by its next version, never by a fresh one beside it."""

    code, zh, en = (
        "plan_in_force",
        "该生已有执行中的计划，请通过评估修订。",
        "This student has a plan in force; review it to open the next version.",
    )


class PlanIncomplete(Conflict):
    """Something that was recognised has no goal, a goal no measure, or it cannot be measured; `errors` says where."""

    code, zh, en = (
        "plan_incomplete",
        "计划还不完整，请补全标出的项目后再提交。",
        "The plan is not complete; `errors` lists what is missing.",
    )


class NotADraft(Conflict):
    """Only a draft changes."""

    code, zh, en = "plan_not_draft", "只有草稿可以修改、提交或作废。", "Only a draft can be changed, submitted or discarded."


class NotSubmitted(Conflict):
    """Only a submitted plan is approved or returned."""

    code, zh, en = "plan_not_submitted", "只有待审的计划可以审批或退回。", "Only a submitted plan can be approved or returned."


class NotInForce(Conflict):
    """Only the plan in force is reviewed or closed."""

    code, zh, en = "plan_not_in_force", "只有执行中的计划可以评估或结束。", "Only the plan in force can be reviewed or closed."


class OwnPlan(Conflict):
    """Four eyes: whoever wrote or submitted a plan does not approve it."""

    code, zh, en = "own_plan", "本人编写或提交的计划须由他人审核。", "A plan is approved by somebody other than who wrote or submitted it."


class NobodyRecognised(Conflict):
    """A plan answers a recognition; the caller sees none in force for this student."""

    code, zh, en = "not_recognised", "该生没有您可见的有效认定，不能制定计划。", "This student has no recognition in force that you see."


class NothingInForce(Conflict):
    """There is no version before to copy."""

    code, zh, en = "no_plan_in_force", "该生没有执行中的计划可供修订。", "This student has no plan in force to start from."


class NotYoursToDecide(Forbidden):
    """Nobody decides on what they cannot read. Says no more: that a part is hidden would tell that the child is supported in another way, too."""

    code, zh, en = "not_yours_to_decide", "这份计划须由其他老师办理。", "Somebody else decides on this plan."


class NotYourPart(Forbidden):
    """The need belongs to a class of data that the caller reads but does not write."""

    code, zh, en = "not_your_part", "这部分内容您只能查看，不能修改。", "You may read this part but not change it."


class BatchRefused(Conflict):
    """All or nothing was asked, and not all can be done; `errors` says which."""

    code, zh, en = "batch_refused", "有不能办理的项目，已全部取消。", "Some items cannot be done, so none was; `errors` says which."
