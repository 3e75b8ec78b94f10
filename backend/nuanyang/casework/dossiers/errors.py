"""What can stand in the way of a file or its case lead."""

from nuanyang.kit.errors import Conflict, NotFound


class NoOpenDossier(Conflict):
    """Only an open file has a case lead or can be closed."""

    code, zh, en = "no_open_dossier", "该学生没有在用的档案。", "This student has no open file."


class StillSupported(Conflict):
    """A recognition is in force: the student leaves the programme first, by a decision."""

    code, zh, en = "still_supported", "该学生仍在帮扶中，请先办理退出，再结案。", "The student is still recognised; decide the exit first."


class StaffNotFound(NotFound):
    """No such member of staff here, or left."""

    code, zh, en = "staff_not_found", "没有找到这位教职工，或已离校。", "No such member of staff, or they have left."


class AlreadyLead(Conflict):
    """Nothing to change."""

    code, zh, en = "already_case_lead", "该教师已是这名学生的帮扶责任人。", "This person already leads the case."
