"""What can stand in the way of a change of homeroom teacher."""

from nuanyang.kit.errors import Invalid, NotFound


class NoHomeroomTeacher(NotFound):
    """No such class, or nobody holds it."""

    code, zh, en = (
        "no_homeroom_teacher",
        "没有找到这个班，或该班没有班主任账号。",
        "No such class, or it has no homeroom teacher with an account.",
    )


class NoSuccessor(Invalid):
    """Whoever follows needs an account, and is somebody else."""

    code, zh, en = "no_successor", "请选择另一位有账号的教职工接班。", "Choose another member of staff who has an account."
