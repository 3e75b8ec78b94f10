"""The pieces of WordprocessingML for which python-docx has no word of its own."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

SONG, FANG_SONG, HEI, LATIN = "宋体", "仿宋", "黑体", "Times New Roman"
_CONTROL = {c: None for c in range(32) if c not in (9, 10)}
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def clean(text: str) -> str:
    """XML knows no control characters."""
    return text.translate(_CONTROL)


def element(tag: str, **attributes: str) -> Any:
    """One element of the w: namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def font(target: Any, name: str, size: float) -> None:
    """The Chinese font of a run or style, with the Latin one that goes with it; black, whatever the template's theme says."""
    target.font.name, target.font.size, target.font.color.rgb = LATIN, Pt(size), RGBColor(0, 0, 0)
    fonts = target.element.get_or_add_rPr().find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsia"), name)
    for themed in _THEMED:
        fonts.attrib.pop(qn(f"w:{themed}"), None)


def speak_chinese(styles: Any) -> None:
    """The language decides which shapes of the characters a font draws."""
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def lay_out(table: Any, widths: Sequence[float]) -> None:
    """Fixed columns in centimetres: left to themselves, Word and LibreOffice draw them differently."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    margins = element("w:tblCellMar")
    for side, twips in (("top", "40"), ("left", "85"), ("bottom", "40"), ("right", "85")):
        margins.append(element(f"w:{side}", w=twips, type="dxa"))
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no public door to these


def mark_row(row: Any, *, is_head: bool) -> None:
    """No row is torn apart; a head is repeated on every page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
    properties.append(element("w:cantSplit"))
    if is_head:
        properties.append(element("w:tblHeader", val="true"))


def shade(cell: Any) -> None:
    """The light grey of a head or label."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill="F2F2F2"))  # noqa: SLF001 - as above


def underline(cell: Any) -> None:
    """A line to write on."""
    borders = element("w:tcBorders")
    borders.append(element("w:bottom", val="single", sz="6", space="0", color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - as above


def field(paragraph: Any, instruction: str, shown: str = "1", *, is_stale: bool = False) -> None:
    """A field such as PAGE. A stale one asks the reader's program to work it out when it opens the document."""
    run = paragraph.add_run()
    begin = element("w:fldChar", fldCharType="begin")
    if is_stale:
        begin.set(qn("w:dirty"), "true")
    run._r.append(begin)  # noqa: SLF001 - as above
    for part in (_text("w:instrText", f" {instruction} "), element("w:fldChar", fldCharType="separate"), _text("w:t", shown)):
        run._r.append(part)  # noqa: SLF001 - as above
    run._r.append(element("w:fldChar", fldCharType="end"))  # noqa: SLF001 - as above


def bookmark(paragraph: Any, number: int, name: str) -> None:
    """A target of links."""
    paragraph._p.insert(1, element("w:bookmarkStart", id=str(number), name=name))  # noqa: SLF001 - as above
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001 - as above


def link(paragraph: Any, anchor: str, text: str) -> None:
    """A link inside the document."""
    made = element("w:hyperlink", anchor=anchor)
    run = paragraph.add_run(clean(text))
    made.append(run._r)  # noqa: SLF001 - as above
    paragraph._p.append(made)  # noqa: SLF001 - as above


def _text(tag: str, text: str) -> Any:
    made = OxmlElement(tag)
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made
