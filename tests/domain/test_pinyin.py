"""The table of readings against pypinyin."""

import pytest
from pypinyin import Style, pinyin

from domain.pinyin import syllables

COMMON = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) if (high, low) < (0xD7, 0xFA)]


def readings(sign: str) -> set[str]:
    found = pinyin(sign, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
    return {one.replace("ü", "v").replace("lve", "lue").replace("nve", "nue") for one in found}


def test_each_common_character_is_given_a_reading_it_really_has() -> None:
    assert len(COMMON) == 3755
    assert [sign for sign in COMMON if syllables(sign)[0] not in readings(sign)] == []


@pytest.mark.parametrize(
    ("name", "read"),
    [("房管窗口", "fang guan chuang kou"), ("办事大厅", "ban shi da ting"), ("公积金", "gong ji jin"), ("会计", "kuai ji"),
     ("银行业务", "yin hang ye wu"), ("人民调解", "ren min tiao jie"), ("绿化", "lv hua"), ("3号a", "3 号 a".replace("号", "hao"))],
)  # fmt: skip
def test_names_of_windows_are_read_as_people_say_them(name: str, read: str) -> None:
    assert " ".join(syllables(name)) == read
