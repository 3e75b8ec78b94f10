"""What can go wrong when a roster is imported, beyond what the file itself says."""

from nuanyang.kit.errors import Conflict, Invalid, NotFound


class ImportNotFound(NotFound):
    """No such import in this school."""

    code, zh, en = "roster_import_not_found", "没有找到这次导入。", "No such roster import."


class ImportHasErrors(Conflict):
    """A file with errors is refused as a whole."""

    code, zh, en = "roster_has_errors", "文件里有错误，修正后请重新上传。", "The file has errors; correct it and upload it again."


class ImportRefused(Conflict):
    """The school has changed since the check, so that the file now has errors: nothing of it is applied."""

    code, zh, en = (
        "roster_refused",
        "检查之后学校数据有了变化，文件现在有错误，没有导入任何内容。请重新上传检查。",
        "The school changed since the check and the file has errors now; nothing was imported. Upload it again.",
    )


class ImportNotReady(Conflict):
    """Only a checked import can be applied, once."""

    code, zh, en = "roster_not_ready", "这次导入还没有检查完，或已经应用过。", "This import is not checked yet, or was applied already."


class RemovalsNotConfirmed(Conflict):
    """More than a tenth of the pupils would leave."""

    code, zh, en = (
        "removals_not_confirmed",
        "超过 10% 的在读学生不在文件里。请核对后确认，再应用。",
        "More than 10 % of the pupils are missing from the file. Check, confirm, then apply.",
    )


class FileGone(Conflict):
    """Uploaded files are kept for a week only."""

    code, zh, en = "roster_file_gone", "上传的文件已过期删除，请重新上传。", "The uploaded file is no longer kept; upload it again."


class BadUpload(Invalid):
    """There is no file, or not one that could be a roster."""

    code, zh, en = (
        "bad_upload",
        "请选择 .zip、.xlsx 或 .csv 文件（旧版 .xls 请先另存为 .xlsx）。",
        "Choose a .zip, .xlsx or .csv file (save an old .xls as .xlsx).",
    )


class MappingNotFound(NotFound):
    """No such mapping in this school."""

    code, zh, en = "roster_mapping_not_found", "没有找到这份列对应。", "No such mapping."


class MappingNameTaken(Conflict):
    """Names of mappings are unique in a school."""

    code, zh, en = "roster_mapping_name_taken", "已有同名的列对应。", "A mapping of this name exists."


class CheckNotFound(NotFound):
    """Nobody by this id is on the list 去向待核实."""

    code, zh, en = "whereabouts_not_found", "没有找到这条去向记录。", "No such entry on the whereabouts list."


class CheckResolved(Conflict):
    """Somebody found out already."""

    code, zh, en = "whereabouts_resolved", "这名学生的去向已经核实。", "The whereabouts of this student are known already."


class DuplicateNotFound(NotFound):
    """No such pair."""

    code, zh, en = "duplicate_not_found", "没有找到这组疑似重复。", "No such pair of possible duplicates."


class DuplicateNotOpen(Conflict):
    """Merged, dismissed and undone pairs have their own ways on."""

    code, zh, en = "duplicate_not_open", "当前状态不能进行此操作。", "This pair is not in a state for that."
