"""What can go wrong with editions of the programme.

NotFound: EditionNotFound, ClauseNotFound, NothingToCompare
Conflict: NotADraft, NotSubmitted, OwnEdition, Overlapping, NotOwnMeasure
Forbidden: NotYourClause
"""

from nuanyang.kit.errors import Conflict, Forbidden, NotFound


class EditionNotFound(NotFound):
    """No such edition, or a draft that is not for the caller."""

    code, zh, en = "edition_not_found", "没有找到这份帮扶方案，或您无权查看。", "No such edition of the programme, or not visible to you."


class ClauseNotFound(NotFound):
    """The edition has no such clause."""

    code, zh, en = "clause_not_found", "方案中没有这一条款。", "The edition has no such clause."


class NothingToCompare(NotFound):
    """There is no other edition to compare with."""

    code, zh, en = "nothing_to_compare", "没有可以对照的方案。", "There is no edition to compare with."


class NotADraft(Conflict):
    """Only a draft changes: what was submitted and approved stays as it was."""

    code, zh, en = "edition_not_draft", "只有草稿可以修改、提交或作废。", "Only a draft can be changed, submitted or given up."


class NotSubmitted(Conflict):
    """Only a submitted edition is approved or returned."""

    code, zh, en = "edition_not_submitted", "只有待审批的方案可以批准或退回。", "Only a submitted edition can be approved or returned."


class OwnEdition(Conflict):
    """Four eyes: whoever wrote or submitted it does not approve it."""

    code, zh, en = (
        "own_edition",
        "本人编写或提交的方案须由他人批准。",
        "An edition is approved by somebody other than those who wrote or submitted it.",
    )


class Overlapping(Conflict):
    """One edition is in force at a time, and none begins before the one that it follows."""

    code, zh, en = (
        "edition_overlaps",
        "同一时间只能执行一份方案。请选择晚于现行方案开始执行的日期。",
        "One edition is in force at a time. Choose a day after the present one came into force.",
    )


class NotOwnMeasure(Conflict):
    """Clauses of the programme stay in every edition; only what the school added itself is taken out again."""

    code, zh, en = (
        "not_own_measure",
        "方案原有的条款不能删除，只能修改；本校自设的措施可以删除。",
        "Clauses of the programme are changed, not taken out; only measures of your own are.",
    )


class NotYourClause(Forbidden):
    """Each department writes the clauses that it answers for."""

    code, zh, en = (
        "not_your_clause",
        "只能修改本部门负责的条款；其他条款请联系德育处。",
        "You change the clauses of your own department; ask moral education for others.",
    )
