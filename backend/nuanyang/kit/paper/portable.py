"""A PDF for families: read on any phone, changed by nobody in passing.

No font is shipped: 宋体 is named by the Adobe-GB1 collection, and every reader draws it with the Chinese font it has. Building one takes
tens of milliseconds of pure Python: call it in a thread.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors, textsplit
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus import paragraph as paragraphs

from nuanyang.kit.paper.elements import clean

PDF = "application/pdf"
FONT = "STSong-Light"
# Printers' sign for a character that is not in the case: the collection knows no more than the basic plane.
UNKNOWN = "〓"
_GREY, _SHADE = colors.HexColor("#555555"), colors.HexColor("#F2F2F2")
# The library knows what begins no line in Japanese; these begin none in Chinese.
_BREAKING: tuple[Any, ...] = (paragraphs, textsplit)
for module in _BREAKING:
    module.ALL_CANNOT_START += "，：；！？”’》〉…"
Fact = tuple[str, str]


def drawable(text: str) -> str:
    """What the font can draw of a text."""
    return "".join(c if ord(c) < 0x10000 else UNKNOWN for c in clean(text))


class PortablePaper:
    """One document, written from top to bottom. `foot` stands below every page beside its number."""

    def __init__(self, title: str, foot: str = "") -> None:
        registerFont(UnicodeCIDFont(FONT))
        self._title, self._foot = title, drawable(foot)
        self._story: list[Any] = []

    def cover(self, school: str, title: str, facts: Sequence[Fact], notes: Sequence[Fact]) -> None:
        """The first leaf: for whom it is, and what the reader should know, each with its heading."""
        self._add(school, _style(13, after=4, centred=True))
        self._add(title, _style(22, after=16, centred=True))
        self.facts(facts)
        for heading, words in notes:
            self._add(heading, _style(12, before=10, after=3))
            self._add(words, _style(10.5, after=2))
        self._story.append(PageBreak())

    def section(self, title: str) -> None:
        """A heading; it never stands alone at the foot of a page."""
        self._add(title, _style(14, before=12, after=6, keep=True))

    def heading(self, title: str) -> None:
        """A heading below a section's."""
        self._add(title, _style(11.5, before=6, after=3, keep=True))

    def text(self, words: str) -> None:
        """A paragraph; line ends are kept."""
        for line in words.splitlines() or [""]:
            self._add(line, _style(10.5, after=3))

    def facts(self, facts: Sequence[Fact]) -> None:
        """Label and value, a row each."""
        rows = [[self._cell(label), self._cell(value or "—")] for label, value in facts]
        self._grid(rows, (4, 13), TableStyle([("BACKGROUND", (0, 0), (0, -1), _SHADE)]))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table; its head repeats on every page. `widths` in centimetres."""
        cells = [[self._cell(value) for value in row] for row in (head, *rows)]
        self._grid(cells, widths, TableStyle([("BACKGROUND", (0, 0), (-1, 0), _SHADE)]), repeat=1)

    def content(self) -> bytes:
        """The finished PDF."""
        stream = BytesIO()
        margins: Any = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 2 * cm)
        document = SimpleDocTemplate(stream, pagesize=A4, title=drawable(self._title), author="", lang="zh-CN", **margins)
        document.build(self._story, onFirstPage=self._number, onLaterPages=self._number)
        return stream.getvalue()

    def _add(self, text: str, style: ParagraphStyle) -> None:
        self._story.append(Paragraph(escape(drawable(text)), style))

    def _cell(self, text: str) -> Paragraph:
        return Paragraph("<br/>".join(escape(line) for line in drawable(text).splitlines()), _style(10.5))

    def _grid(self, rows: list[list[Paragraph]], widths: Sequence[float], style: TableStyle, repeat: int = 0) -> None:
        if not rows:
            return
        lines: Any = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        table = Table(rows, [width * cm for width in widths], repeatRows=repeat)
        table.setStyle(TableStyle(lines, parent=style))
        self._story += [table, Spacer(1, 6)]

    def _number(self, canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.setFillColor(_GREY)
        canvas.drawString(2 * cm, 1.2 * cm, self._foot)
        canvas.drawRightString(A4[0] - 2 * cm, 1.2 * cm, f"第 {document.page} 页")


def _style(size: float, *, before: float = 0, after: float = 0, centred: bool = False, keep: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}",
        fontName=FONT,
        fontSize=size,
        leading=size * 1.5,
        spaceBefore=before,
        spaceAfter=after,
        alignment=1 if centred else 0,
        keepWithNext=keep,
        wordWrap="CJK",  # Chinese breaks between any two characters, never before a full stop
    )
