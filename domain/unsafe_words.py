"""自有词表: what a person should look at before it is public, where WeChat cannot be asked: abuse, advertising, other people's data (F30)."""

import re
import unicodedata

_KINDS = {
    "辱骂": r"傻[逼比叉]|[王忘]八蛋|[滚混]蛋|狗[日娘东]|去死|他妈|妈的|操你|贱人|畜生|废物|死全家|不得好死",
    "威胁": r"砍死|弄死|打死你|杀了你|炸[了掉]|放火烧|同归于尽|泼[油漆硫]",
    "广告": r"加[我]?(?:微信|vx|v信|q群|qq)|刷单|兼职日结|低息贷款|无抵押|代开发票|办证刻章|博彩|赌场|澳门|彩票内幕|代孕",
    "低俗": r"裸聊|约炮|色情|黄片|援交|包养",
    "网址": r"https?://|www\.|\.(?:com|cn|net|top|xyz)\b",
    "个人信息": r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dx](?!\d)|银行卡号",
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])[\s*·.,，。_\-]+(?=[\u4e00-\u9fff])")


def flagged(text: str) -> tuple[str, ...]:
    """The kinds found, none when nothing was; signs and blanks put between characters hide nothing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    closed = _BETWEEN.sub("", plain)
    return tuple(kind for kind, pattern in _PATTERNS.items() if pattern.search(plain) or pattern.search(closed))
