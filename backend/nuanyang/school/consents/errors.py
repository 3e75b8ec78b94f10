"""Errors of consents. ConsentMissing is what the gate says to whoever wants to do what needs one."""

from nuanyang.kit.errors import Conflict, Invalid, NotFound


class ConsentMissing(Conflict):
    """Nothing may be done for this purpose until consent is on record."""

    code, zh, en = "consent_missing", "还没有这一项的知情同意。", "There is no consent for this purpose."


class PurposeNotFound(NotFound):
    """No such purpose."""

    code, zh, en = "purpose_not_found", "没有这一项同意事项。", "There is no such purpose."


class ScanNotFound(NotFound):
    """No such scan, or not visible."""

    code, zh, en = "scan_not_found", "没有找到这份扫描件，或您无权查看。", "No such scan, or not visible to you."


class ScanRefused(Invalid):
    """The file is no scan."""

    code, zh, en = "scan_refused", "请上传 PDF、JPG 或 PNG 格式、不超过 5 MB 的扫描件或照片。", "Upload a PDF, JPEG or PNG of at most 5 MB."


class TextChanged(Conflict):
    """The text was replaced since it was read."""

    code, zh, en = "consent_text_changed", "同意书的内容已经更新，请重新阅读后再选择。", "The text has changed since; please read it again."


class AlreadySaid(Conflict):
    """This person's last word is the same."""

    code, zh, en = "already_said", "已经是这个选择了。", "That is the choice already."


class TooYoung(Conflict):
    """Under fourteen a guardian decides."""

    code, zh, en = (
        "too_young",
        "你还没满十四周岁，这一项由家长决定；有想法可以告诉家长或老师。",
        "Until you are fourteen your guardians decide this; tell them or a teacher what you think.",
    )


class OwnAge(Conflict):
    """From fourteen on a pupil decides for themself."""

    code, zh, en = (
        "own_age",
        "孩子已满十四周岁，这一项由孩子本人决定；您可以向学校了解情况。",
        "From the age of fourteen on, this is the pupil's own decision.",
    )
