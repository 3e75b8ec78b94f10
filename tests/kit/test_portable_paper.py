"""PDFs for families: every character can be read back, none is lost, pages are numbered."""

from io import BytesIO

import pypdfium2

from nuanyang.kit.paper.portable import PortablePaper


def pages(paper: PortablePaper) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(BytesIO(paper.content()))]


def test_what_is_written_is_read_back() -> None:
    paper = PortablePaper("孩子在校信息", foot="青山学校")
    paper.cover("青山学校", "孩子在校信息", [("孩子", "司马<静> & 王")], [("这是什么", "学校保存的信息。")])
    paper.section("一、基本信息")
    paper.facts([("姓名", "司马静"), ("电话", "")])
    paper.text("第一行\n第二行")
    cover, first = pages(paper)
    assert "司马<静> & 王" in cover and "这是什么" in cover and "青山学校" in cover and "第 1 页" in cover
    for said in ("一、基本信息", "司马静", "—", "第一行", "第二行", "第 2 页"):
        assert said in first


def test_a_long_table_repeats_its_head() -> None:
    paper = PortablePaper("清单")
    paper.table(["日期", "事项"], [["2026-09-01", "老师家访"]] * 120, (5, 12))
    found = pages(paper)
    assert len(found) > 2 and all("事项" in page for page in found)


def test_what_the_font_does_not_know_becomes_the_printers_sign_and_breaks_nothing() -> None:
    paper = PortablePaper("清单")
    paper.text("王\U00020bb7\x07")
    assert "王〓" in pages(paper)[0]


def test_no_line_begins_with_a_comma() -> None:
    for length in range(30, 50):
        paper = PortablePaper("清单")
        paper.text(("学" * length + "，") * 3)
        lines = pages(paper)[0].splitlines()
        assert len(lines) > 2 and not [line for line in lines if line.startswith("，")]
