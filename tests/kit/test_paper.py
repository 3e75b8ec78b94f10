"""Papers as offices hand them in: fonts, repeated heads, page numbers, contents that lead somewhere, room to sign."""

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from nuanyang.kit.paper import Paper


def made() -> tuple[object, str]:
    paper = Paper("档案", header="青山学校　一生一档")
    paper.cover("青山学校", "一生一档", [("姓　　名", "司马静")])
    paper.contents("目录", ["基本信息", "帮扶记录"])
    paper.section("基本信息")
    paper.facts([("姓名", "司马静"), ("班级", "七(1)班")], heights=[1.5])
    paper.section("帮扶记录")
    paper.table(["日期", "情况"], [["2026-09-01", "控制\x07字符"]] * 80, [4, 12.2])
    paper.signatures(("填表人", "王老师"), ("审核人", ""), ("单位盖章", ""), ("日期", ""))
    document = Document(BytesIO(paper.content()))
    return document, document.element.xml


def test_fonts_are_those_of_schools_and_nothing_follows_the_theme() -> None:
    document, xml = made()
    styles = document.styles  # type: ignore[attr-defined]
    for name, font in (("Normal", "宋体"), ("Heading 1", "黑体"), ("Heading 2", "黑体")):
        fonts = styles[name].element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == font and fonts.get(qn("w:asciiTheme")) is None
        assert str(styles[name].font.color.rgb) == "000000"
    assert "仿宋" in xml
    assert {language.get(qn("w:eastAsia")) for language in styles.element.iter(qn("w:lang"))} == {"zh-CN"}


def test_a_long_table_repeats_its_head_and_tears_no_row_apart() -> None:
    document, _ = made()
    table = document.tables[2]  # type: ignore[attr-defined]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [round(column.width.cm, 1) for column in table.columns] == [4.0, 12.2]
    assert table.rows[1].cells[1].text == "控制字符"


def test_pages_are_numbered_and_the_contents_lead_to_their_sections() -> None:
    document, xml = made()
    section = document.sections[0]  # type: ignore[attr-defined]
    foot, first = section.footer._element.xml, section.first_page_footer._element.xml
    assert " PAGE " in foot and " NUMPAGES " in foot and " PAGE " not in first  # a cover has no number
    assert "青山学校　一生一档" in section.header.paragraphs[0].text
    for number in (1, 2):
        assert f'w:name="part{number}"' in xml and f'w:anchor="part{number}"' in xml and f"PAGEREF part{number} " in xml


def test_a_form_of_one_page_is_numbered_too_and_has_room_to_sign() -> None:
    paper = Paper("家访记录表")
    paper.title("青山学校", "家访记录表")
    paper.signatures(("填表人", "王老师"), ("审核人", ""))
    document = Document(BytesIO(paper.content()))
    assert " PAGE " in document.sections[0].first_page_footer._element.xml
    assert [cell.text for cell in document.tables[-1].rows[0].cells] == ["填表人：王老师", "审核人：＿＿＿＿＿"]
    properties = document.core_properties
    assert (properties.author, properties.comments) == ("", "") and properties.created.year >= 2026
