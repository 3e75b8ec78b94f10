"""What can stand in the way of recording, correcting or voiding."""

from nuanyang.kit.errors import Conflict, Forbidden, Invalid, NotFound


class InterventionNotFound(NotFound):
    """No such record in the caller's reach."""

    code, zh, en = "intervention_not_found", "没有找到这条帮扶记录，或您无权查看。", "No such record, or not visible to you."


class MayNotRecord(Forbidden):
    """The caller's roles do not record this kind for this student."""

    code, zh, en = "may_not_record", "您不能为这名学生填写这类帮扶记录。", "You may not record this kind for this student."


class AlreadyVoid(Conflict):
    """A void record is not changed any more."""

    code, zh, en = "already_void", "这条记录已作废。", "This record is void."


class NothingChanged(Invalid):
    """A correction that says what was there already."""

    code, zh, en = "nothing_changed", "没有需要更正的内容。", "Nothing was changed."


class BatchRefused(Invalid):
    """All or nothing was asked for, and some items are wrong."""

    code, zh, en = "batch_refused", "有记录未通过检查，全部未保存。", "Some items are wrong; nothing was saved."
