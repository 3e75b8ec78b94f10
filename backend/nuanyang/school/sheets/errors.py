"""Why a sheet is not applied."""

from nuanyang.kit.errors import Conflict, Invalid


class SheetRefused(Invalid):
    """The sheet has errors; `report` names every bad cell and nothing was applied."""

    code, zh, en = "sheet_refused", "表格有误，未导入任何内容，请按提示修改后重新上传。", "The sheet has errors; nothing was imported."


class ReasonMissing(Conflict):
    """The sheet changes what is known, and nobody has said why."""

    code, zh, en = "reason_missing", "表格会更正已有记录，请填写更正原因后再导入。", "The sheet corrects what is known; say why."


class ConfirmationMissing(Conflict):
    """Something in the sheet wants a second look (a mark of 0) before it is applied."""

    code, zh, en = "confirmation_missing", "有需要确认的内容（如 0 分），请确认后再导入。", "Some values need confirmation (marks of 0)."
