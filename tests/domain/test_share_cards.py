"""分享卡片: only our own addresses are signed, and as WeChat reckons (wechat-platform.md §15)."""

import pytest

from domain.share_cards import ForeignAddress, address, sign

TICKET = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
BASE = "https://zj.example.gov.cn/"


@pytest.mark.parametrize(
    ("url", "signature"),
    [
        ("http://mp.weixin.qq.com?params=value", "0f9de62fce790f9a083d5c99e95740ceb90c27ed"),
        ("http://mp.weixin.qq.com", "f4d90daf4b3bca3078ab155816175ba34c443a7b"),
    ],
)
def test_the_published_vectors_come_out(url: str, signature: str) -> None:
    assert sign("wx1", TICKET, "Wm3WZYTPz0wzccnW", 1414587457, url).signature == signature


@pytest.mark.parametrize(
    ("said", "signed"),
    [
        ("https://zj.example.gov.cn/board?said=%E5%91%8A#top", "https://zj.example.gov.cn/board?said=%E5%91%8A"),
        ("https://ZJ.example.gov.cn/p/abc", "https://ZJ.example.gov.cn/p/abc"),
    ],
)
def test_our_own_pages_are_signed_without_their_fragment(said: str, signed: str) -> None:
    assert address(said, BASE) == signed


@pytest.mark.parametrize(
    "said",
    [
        "",
        "/board",
        "http://zj.example.gov.cn/board",
        "https://zj.example.gov.cn.evil.cn/board",
        "https://zj.example.gov.cn@evil.cn/",
        "https://zj.example.gov.cn:8443/",
        "https://[zj/",
        "https://zj.example.gov.cn/a b",
        "https://zj.example.gov.cn/\n",
        "https://zj.example.gov.cn/" + "a" * 1000,
    ],
)
def test_nothing_else_is_signed(said: str) -> None:
    with pytest.raises(ForeignAddress):
        address(said, BASE)
