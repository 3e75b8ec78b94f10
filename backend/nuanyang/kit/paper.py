"""Word documents as Chinese offices hand them in: cover, contents, tables whose head repeats, page numbers, a line for signatures.

Building one takes tens of milliseconds of pure Python: call it in a thread.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY_FONT, HEAD_FONT, LATIN_FONT = "宋体", "黑体", "Times New Roman"
_CONTROL = {c: None for c in range(32) if c not in (9, 10)}


class Paper:
    """One document, written from top to bottom."""

    def __init__(self, title: str) -> None:
        self._document = Document()
        self._bookmarks = 0
        self._document.core_properties.title = title
        self._document.core_properties.author = ""
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2.2)
        section.different_first_page_header_footer = True
        _font(self._document.styles["Normal"], BODY_FONT, 10.5)
        for level, size in ((1, 15), (2, 12)):
            _font(self._document.styles[f"Heading {level}"], HEAD_FONT, size)
        self._footer(section)

    def cover(self, school: str, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """The first leaf."""
        for _ in range(5):
            self._document.add_paragraph()
        self._centred(school, 16)
        self._centred(title, 32, font=HEAD_FONT, spaced=True)
        for _ in range(6):
            self._document.add_paragraph()
        table = self._document.add_table(rows=0, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for label, value in lines:
            cells = table.add_row().cells
            _write(cells[0], label, bold=True)
            _write(cells[1], value)
            _underline(cells[1])
            cells[0].width, cells[1].width = Cm(3.5), Cm(7)
        self.page_break()

    def contents(self, title: str, headings: Sequence[str]) -> None:
        """The list of sections, each a link to its heading; give the headings of `section` in order."""
        self._centred(title, 16, font=HEAD_FONT, spaced=True)
        for number, heading in enumerate(headings, 1):
            paragraph = self._document.add_paragraph()
            _link(paragraph, f"part{number}", f"{number}. {heading}")
            paragraph.paragraph_format.space_after = Pt(6)
        self.page_break()

    def section(self, heading: str) -> None:
        """A numbered section."""
        self._bookmarks += 1
        paragraph = self._document.add_heading(f"{self._bookmarks}. {heading}", level=1)
        _bookmark(paragraph, self._bookmarks, f"part{self._bookmarks}")

    def title(self, school: str, title: str) -> None:
        """The head of a form of one page."""
        self._centred(school, 12)
        self._centred(title, 20, font=HEAD_FONT, spaced=True)

    def heading(self, text: str) -> None:
        """A heading inside a section."""
        self._document.add_heading(_clean(text), level=2)

    def text(self, text: str) -> None:
        """A paragraph."""
        self._document.add_paragraph(_clean(text))

    def facts(self, facts: Sequence[tuple[str, str]], *, pairs: int = 2) -> None:
        """Label and value in a grid, `pairs` of them a row."""
        table = self._grid(pairs * 2)
        for start in range(0, len(facts), pairs):
            cells = table.add_row().cells
            for offset, (label, value) in enumerate(facts[start : start + pairs]):
                _write(cells[offset * 2], label, bold=True)
                _write(cells[offset * 2 + 1], value)
                cells[offset * 2].width, cells[offset * 2 + 1].width = Cm(2.6), Cm(16.2 / pairs - 2.6)
        self._document.add_paragraph()

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float] = ()) -> None:
        """A table; its head repeats on every page and no row is torn apart. `widths` in centimetres."""
        table = self._grid(len(head))
        for index, row in enumerate((head, *rows)):
            added = table.add_row()
            _mark_row(added, is_head=index == 0)
            for column, value in enumerate(row):
                _write(added.cells[column], value, bold=index == 0)
                if widths:
                    added.cells[column].width = Cm(widths[column])
        self._document.add_paragraph()

    def signatures(self, *labels: str) -> None:
        """填表人、审核人、盖章, with room to sign."""
        self._document.add_paragraph()
        self._document.add_paragraph("　　".join(f"{label}：" + "＿" * 6 for label in labels))

    def page_break(self) -> None:
        """Go on on a new page."""
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def content(self) -> bytes:
        """The finished file."""
        buffer = BytesIO()
        self._document.save(buffer)
        return buffer.getvalue()

    def _grid(self, columns: int) -> Any:
        table = self._document.add_table(rows=0, cols=columns)
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        return table

    def _centred(self, text: str, size: float, *, font: str = BODY_FONT, spaced: bool = False) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(_clean("　".join(text) if spaced and len(text) < 8 else text))
        _font(run, font, size)

    @staticmethod
    def _footer(section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("第 ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" 页　共 ")
        _field(paragraph, "NUMPAGES")
        paragraph.add_run(" 页")


def _clean(text: str) -> str:
    """XML knows no control characters."""
    return text.translate(_CONTROL)


def _font(target: Any, name: str, size: float) -> None:
    target.font.name, target.font.size = LATIN_FONT, Pt(size)
    properties = target.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.append(fonts)
    fonts.set(qn("w:eastAsia"), name)


def _write(cell: Any, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(_clean(text))
    run.bold = bold


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _mark_row(row: Any, *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no public door to these
    properties.append(_element("w:cantSplit"))
    if is_head:
        properties.append(_element("w:tblHeader", val="true"))


def _underline(cell: Any) -> None:
    borders = _element("w:tcBorders")
    borders.append(_element("w:bottom", val="single", sz="6", space="0", color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - as above


def _field(paragraph: Any, instruction: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, instruction), ("separate", None), (None, "1"), ("end", None)):
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))  # noqa: SLF001 - as above
        else:
            element = OxmlElement("w:instrText" if text == instruction else "w:t")
            element.text = text
            run._r.append(element)  # noqa: SLF001 - as above


def _bookmark(paragraph: Any, number: int, name: str) -> None:
    paragraph._p.insert(0, _element("w:bookmarkStart", id=str(number), name=name))  # noqa: SLF001 - as above
    paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001 - as above


def _link(paragraph: Any, anchor: str, text: str) -> None:
    link = _element("w:hyperlink", anchor=anchor)
    run = paragraph.add_run(_clean(text))
    link.append(run._r)  # noqa: SLF001 - as above
    paragraph._p.append(link)  # noqa: SLF001 - as above
