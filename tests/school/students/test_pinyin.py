"""Readings of names."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanyang.school.students.pinyin import reading


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("张三", "zhangsan", "zs"),
        ("单雨桐", "shanyutong", "syt"),
        ("曾一鸣", "zengyiming", "zym"),
        ("仇英", "qiuying", "qy"),
        ("区思源", "ousiyuan", "osy"),
        ("解学文", "xiexuewen", "xxw"),
        ("查良", "zhaliang", "zl"),
        ("任乐言", "renleyan", "rly"),
        ("乐言", "yueyan", "yy"),
        ("盖长青", "gechangqing", "gcq"),
        ("朴正阳", "piaozhengyang", "pzy"),
        ("尉迟安然", "yuchianran", "ycar"),
        ("尉文", "weiwen", "ww"),
        ("万俟晨曦", "moqichenxi", "mqcx"),
        ("万里", "wanli", "wl"),
        ("长孙无忌", "zhangsunwuji", "zswj"),
        ("欧阳", "ouyang", "oy"),
        ("欧阳若水", "ouyangruoshui", "oyrs"),
        ("单于飞", "chanyufei", "cyf"),
        ("单于", "shanyu", "sy"),
        ("吕婷", "lvting", "lt"),
        ("𠮷安", "jian", "ja"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"),
        ("Jack Craig", "jackcraig", "jc"),
        ("José O'Neil", "joseoneil", "jo"),
        ("王Amy", "wangamy", "wa"),
    ],
)
def test_a_name_is_read_as_a_name(name: str, pinyin: str, initials: str) -> None:
    assert reading(name) == (pinyin, initials)


@given(st.text(max_size=40))
def test_any_text_has_a_reading_without_blanks_or_capitals(text: str) -> None:
    pinyin, initials = reading(text)
    assert not {" ", "·"} & set(pinyin)
    assert len(initials) <= len(pinyin)
    assert not any("A" <= c <= "Z" for c in pinyin)


def test_a_district_is_read_in_seconds() -> None:
    families = "赵钱孙李周吴郑王单曾仇区"
    givens = "浩宇轩梓豪俊杰博文睿泽皓航墨鸣佑懿煜城烨苑伟鹏涛炎彬鹤诚立思远熙涵志承恩嘉晨阳瑞霖佳乐奕辰沐景行昊然星"
    names = [f + a + b for f in families for a in givens for b in givens]
    begun = time.perf_counter()
    for _ in range(200_000 // len(names) + 1):
        for name in names:
            reading(name)
    assert time.perf_counter() - begun < 5
