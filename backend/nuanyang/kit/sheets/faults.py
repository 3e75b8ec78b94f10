"""Why a file or a cell is refused: stable codes with a sentence in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

SENTENCES: Mapping[str, tuple[str, str]] = {
    "empty_file": ("文件是空的。", "The file is empty."),
    "not_a_sheet": ("只能读取 .xlsx 或 .csv 文件。", "Only .xlsx and .csv files can be read."),
    "old_workbook": ("这是旧版 .xls 文件，请另存为 .xlsx 再上传。", "This is an old .xls file; save it as .xlsx."),
    "encrypted": ("文件加了密码，请去掉密码后再上传。", "The file is encrypted; remove the password."),
    "broken_archive": ("文件已损坏，无法读取。", "The file is damaged and cannot be read."),
    "too_large": ("文件超过 {limit}，已拒绝。", "The file exceeds {limit}; refused."),
    "too_many_members": ("文件内部结构异常（超过 {limit} 个部分），已拒绝。", "The file has more than {limit} parts; refused."),
    "bomb": ("压缩比达 {ratio} 倍，疑似压缩炸弹，已拒绝。", "Compressed {ratio} times: looks like a bomb, refused."),
    "unsafe_name": ("文件内部有不安全的路径，已拒绝。", "The file holds an unsafe path; refused."),
    "compression": ("使用了不支持的压缩方式。", "The compression method is not supported."),
    "sheet_too_large": (
        "工作表范围太大：最远的单元格在 {cell}，请删除数据区以外的内容。",
        "The sheet is too large: its farthest cell is {cell}; delete what lies outside the data.",
    ),
    "sheet_unreadable": ("工作表无法读取。", "The sheet cannot be read."),
    "too_many_rows": ("超过 {limit} 行，请分成几个文件。", "More than {limit} rows; split the file."),
    "cell_too_long": ("单元格内容过长（超过 {limit} 个字符）。", "The cell is too long (more than {limit} characters)."),
    "unreadable_encoding": (
        "认不出文件编码或表头，请另存为“CSV UTF-8”或 .xlsx。",
        "Neither the encoding nor a known header was recognised; save it as CSV UTF-8 or .xlsx.",
    ),
    "bad_quotes": ("引号不配对。", "The quotes do not match."),
    "took_too_long": ("读取文件用时过长，已停止。", "Reading the file took too long and was stopped."),
    "crashed": ("文件无法安全读取，已停止。", "The file could not be read safely; stopped."),
}


class Tell(Protocol):
    """How a reader reports: a code, where, and what the sentence needs."""

    def __call__(self, code: str, /, line: int | None = None, column: str | None = None, **params: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason for which a file is refused; `line` counts from 1, `column` is a letter (C) where known."""

    code: str
    sheet: str | None = None
    line: int | None = None
    column: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, language: str = "zh") -> str:
        """The reason in words."""
        zh, en = SENTENCES.get(self.code, SENTENCES["crashed"])
        return (en if language == "en" else zh).format_map(dict(self.params))
