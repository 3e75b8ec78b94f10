"""Errors of activation. Why a code is refused is not told: it would tell strangers which codes and which children there are."""

from nuanyang.kit.errors import Conflict, NotFound


class ActivationRefused(Conflict):
    """Wrong, used, replaced or lapsed code, or another child's: one answer for all."""

    code, zh, en = (
        "activation_refused",
        "激活码或孩子的信息不正确，或激活码已使用、已过期。请核对后再试；需要新的激活码请联系班主任。",
        "The code or the child's data are wrong, or the code was used or has lapsed. Ask the class teacher for a new one.",
    )


class ClassNotFound(NotFound):
    """No such class in the caller's reach."""

    code, zh, en = "class_not_found", "没有找到这个班级，或您无权查看。", "No such class, or not visible to you."
