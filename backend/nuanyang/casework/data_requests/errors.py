"""Errors of data requests."""

from nuanyang.kit.errors import Conflict, Forbidden, NotFound, TooManyRequests


class RequestNotFound(NotFound):
    """No such request at this desk, or of this guardian."""

    code, zh, en = "data_request_not_found", "没有找到这项请求，或您无权查看。", "No such request, or not visible to you."


class RequestIsDecided(Conflict):
    """It has come to its end, or waits for somebody else."""

    code, zh, en = (
        "data_request_not_open",
        "这项请求现在不能这样处理，请刷新后查看它的进展。",
        "This request cannot be dealt with this way now; please reload and see where it stands.",
    )


class PreparedByYou(Forbidden):
    """Four eyes."""

    code, zh, en = (
        "prepared_by_you",
        "删除须由另一人批准，请交由其他有权限的人处理。",
        "An erasure is approved by another person than who prepared it.",
    )


class EnoughRequests(TooManyRequests):
    """Some requests at a time: each is answered by a person."""

    code, zh, en = (
        "enough_requests",
        "您今天已提出多项请求，学校会逐项答复；请明天再提，或直接联系学校。",
        "You have made several requests today and each will be answered. Please make further ones tomorrow, or speak with the school.",
    )
