"""电子屏文字: one line a pledge, never longer than the screen takes, nothing in it that the screen could mistake."""

from dataclasses import replace
from datetime import date

import pytest

from domain.notice_boards import Entry
from domain.screen_lines import Encoding, file, line

CONTENT = "办证材料一次告知，印制清单逐项讲解，每周五抽查十件"
ENTRY = Entry("诺0001", "欧阳同志", "", CONTENT, "", "", date(2026, 12, 31), "一次告知，少跑一趟", "推进中", None, 1, "")
NO_SLOGAN = replace(ENTRY, slogan="")
LINES: dict[str, tuple[Entry, int, str]] = {
    "the slogan": (ENTRY, 40, "欧阳同志承诺：一次告知，少跑一趟"),
    "what is promised, when there is none": (NO_SLOGAN, 60, "欧阳同志承诺：办证材料一次告知，印制清单逐项讲解，每周五抽查十件"),
    "cut where a reader pauses": (NO_SLOGAN, 26, "欧阳同志承诺：办证材料一次告知，印制清单逐项讲解…"),
    "cut anywhere, when no pause is near": (replace(NO_SLOGAN, content="一" * 80), 20, f"欧阳同志承诺：{'一' * 12}…"),
    "no room for both": (replace(ENTRY, who="长" * 30), 20, ""),
    "line breaks and signs that screens take for orders": (replace(ENTRY, slogan="一次\r\n告知\x1b\t！"), 40, "欧阳同志承诺：一次 告知 ！"),
    "nothing said": (replace(ENTRY, slogan="", content=" "), 40, ""),
}


@pytest.mark.parametrize(("entry", "limit", "said"), LINES.values(), ids=LINES.keys())
def test_a_pledge_is_one_line(entry: Entry, limit: int, said: str) -> None:
    assert line(entry, limit) == said
    assert len(said) <= limit


@pytest.mark.parametrize("encoding", Encoding)
def test_a_file_keeps_rare_names_in_either_encoding(encoding: Encoding) -> None:
    said = file(("㛃𬍛䶮承诺：一", "二"), encoding)
    assert said.decode(encoding.value) == "㛃𬍛䶮承诺：一\r\n二\r\n"
