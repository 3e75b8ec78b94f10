"""What can go wrong with compliance. Invalid: TooManyOccurrences"""

from nuanyang.kit.errors import Invalid


class TooManyOccurrences(Invalid):
    """More occurrences than one file takes."""

    code, zh, en = (
        "too_many_occurrences",
        "一次最多导出 5000 项，请先按班级、周或状态缩小范围。",
        "At most 5,000 at once; narrow by class, week or state first.",
    )
