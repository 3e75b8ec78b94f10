"""What can go wrong with students.

NotFound: NumberNotKept (StudentNotFound is the school floor's)    Forbidden: CategoryNotVisible    Invalid: TooManyRows
"""

from nuanyang.kit.errors import Forbidden, Invalid, NotFound


class CategoryNotVisible(Forbidden):
    """A filter over cases the caller may not see would tell who is supported by the rows it leaves out."""

    code, zh, en = "category_not_visible", "您无权按该类别筛选。", "You may not filter by this category."


class NumberNotKept(NotFound):
    """The student has no such number on file."""

    code, zh, en = "number_not_kept", "该学生没有登记这个号码。", "This number is not on file."


class TooManyRows(Invalid):
    """More rows than one workbook takes."""

    code, zh, en = "too_many_rows", "一次最多导出 20000 名学生，请先缩小范围。", "At most 20,000 students at once; narrow the list first."
