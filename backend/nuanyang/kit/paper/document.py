"""A document written from top to bottom: cover, contents, tables whose head repeats, page numbers, a line for signatures.

Fonts as schools use them: 宋体 for titles and labels, 黑体 for headings, 仿宋 for what is filled in. Building one takes tens of milliseconds
of pure Python: call it in a thread.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Pt

from nuanyang.kit.paper import elements
from nuanyang.kit.paper.elements import FANG_SONG, HEI, SONG, clean, font

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTH = 16.2  # centimetres between the margins
LABEL = 2.6
Fact = tuple[str, str]


class Paper:
    """One document. `header` stands above every page but the cover or title."""

    def __init__(self, title: str, header: str = "") -> None:
        self._document = Document()
        self._bookmarks = 0
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        properties.created = properties.modified = datetime.now(UTC)
        elements.speak_chinese(self._document.styles)
        self._styles()
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2.2)
        section.different_first_page_header_footer = True
        self._edges(section, header)

    def cover(self, school: str, title: str, lines: Sequence[Fact]) -> None:
        """The first leaf."""
        self._centred(school, 18, before=120)
        self._centred(title, 36, is_bold=True, spaced=True, before=24, after=150)
        table = self._document.add_table(rows=0, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        elements.lay_out(table, (3.2, 7.4))
        for label, value in lines:
            row = table.add_row()
            _least(row, 1.05)
            _write(row.cells[0], label, is_bold=True, size=14)
            _write(row.cells[1], value, name=FANG_SONG, size=14)
            elements.underline(row.cells[1])
            for cell in row.cells:
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        self.page_break()

    def contents(self, title: str, headings: Sequence[str]) -> None:
        """The list of sections with their pages, each a link to its heading; give the headings of `section` in order."""
        self._centred(title, 18, name=HEI, spaced=True, after=18)
        for number, heading in enumerate(headings, 1):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(8)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            elements.link(paragraph, f"part{number}", f"{number}. {heading}")
            paragraph.add_run("\t")
            elements.field(paragraph, f"PAGEREF part{number} \\h", "", is_stale=True)
        self.page_break()

    def section(self, heading: str) -> None:
        """A numbered section."""
        self._bookmarks += 1
        paragraph = self._document.add_heading(f"{self._bookmarks}. {clean(heading)}", level=1)
        elements.bookmark(paragraph, self._bookmarks, f"part{self._bookmarks}")

    def title(self, school: str, title: str) -> None:
        """The head of a form of one page."""
        self._centred(school, 12, after=4)
        self._centred(title, 22, is_bold=True, spaced=True, after=12)

    def heading(self, text: str) -> None:
        """A heading inside a section."""
        self._document.add_heading(clean(text), level=2)

    def text(self, text: str) -> None:
        """A paragraph."""
        self._document.add_paragraph(clean(text))

    def facts(self, facts: Sequence[Fact], *, pairs: int = 2, heights: Sequence[float] = ()) -> None:
        """Label and value in a grid, `pairs` of them a row; `heights` in centimetres are the least, for what is written by hand."""
        table = self._grid([LABEL, WIDTH / pairs - LABEL] * pairs)
        for number, start in enumerate(range(0, len(facts), pairs)):
            row = table.add_row()
            _least(row, heights[number] if number < len(heights) else 0.75)
            for offset, (label, value) in enumerate(facts[start : start + pairs]):
                _write(row.cells[offset * 2], label, is_bold=True, is_centred=True)
                elements.shade(row.cells[offset * 2])
                _write(row.cells[offset * 2 + 1], value, name=FANG_SONG, size=11)
        self._gap()

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table; its head repeats on every page and no row is torn apart. `widths` in centimetres."""
        table = self._grid(widths)
        for index, values in enumerate((head, *rows)):
            row = table.add_row()
            _least(row, 0.7)
            elements.mark_row(row, is_head=index == 0)
            for cell, value in zip(row.cells, values, strict=True):
                if index == 0:
                    _write(cell, value, is_bold=True, is_centred=True)
                    elements.shade(cell)
                else:
                    _write(cell, value, name=FANG_SONG)
        self._gap()

    def signatures(self, *facts: Fact) -> None:
        """填表人、审核人、盖章: room to sign, kept together on one page."""
        self._document.add_paragraph()
        table = self._document.add_table(rows=1, cols=len(facts))
        elements.lay_out(table, [WIDTH / len(facts)] * len(facts))
        elements.mark_row(table.rows[0], is_head=False)
        for cell, (label, value) in zip(table.rows[0].cells, facts, strict=True):
            _write(cell, f"{label}：", name=SONG)
            font(cell.paragraphs[0].add_run(clean(value) or "＿" * 5), FANG_SONG, 10.5)

    def page_break(self) -> None:
        """What follows begins on a new page."""
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def content(self) -> bytes:
        """The finished .docx."""
        stream = BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _styles(self) -> None:
        normal = self._document.styles["Normal"]
        font(normal, SONG, 10.5)
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(4), 1.15
        for level, size, before in ((1, 14, 14), (2, 11.5, 8)):
            style = self._document.styles[f"Heading {level}"]
            font(style, HEI, size)
            style.font.bold = False  # 黑体 is bold as it is
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(5)

    def _grid(self, widths: Sequence[float]) -> Any:
        table = self._document.add_table(rows=0, cols=len(widths))
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        elements.lay_out(table, widths)
        return table

    def _gap(self) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), Pt(8)

    def _centred(
        self, text: str, size: float, *, name: str = SONG, is_bold: bool = False, spaced: bool = False, before: float = 0, after: float = 6
    ) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        run = paragraph.add_run(clean("　".join(text) if spaced and len(text) < 5 else text))
        run.bold = is_bold
        font(run, name, size)

    @staticmethod
    def _edges(section: Any, header: str) -> None:
        if header:
            above = section.header.paragraphs[0]
            above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            font(above.add_run(clean(header)), SONG, 9)
        # A form of one page has its number, too: the first page's own foot would else be empty.
        for foot in (section.footer,) if header else (section.footer, section.first_page_footer):
            paragraph = foot.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run("第 ")
            elements.field(paragraph, "PAGE")
            paragraph.add_run(" 页　共 ")
            elements.field(paragraph, "NUMPAGES")
            paragraph.add_run(" 页")


def _least(row: Any, height: float) -> None:
    row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST


def _write(cell: Any, text: str, *, name: str = SONG, size: float = 10.5, is_bold: bool = False, is_centred: bool = False) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(clean(text))
    run.bold = is_bold
    font(run, name, size)
