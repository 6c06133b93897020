"""The phone in the browser: by mouse and by keyboard, at the width of a phone and of a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.emulator.conftest import WeChat

pytestmark = pytest.mark.browser

WIDTHS = {"phone": (390, 844), "desk": (1280, 800)}
phone_only = pytest.mark.parametrize("page", [WIDTHS["phone"]], indirect=True, ids=["phone"])
UNAVAILABLE = "该公众号暂时无法提供服务，请稍后再试"
RATE = {"type": "click", "name": "我要评价", "key": "RATE"}
MENU = {"button": [{"name": "评价", "sub_button": [RATE]}, {"type": "click", "name": "我的", "key": "ME"}]}


@pytest.fixture(params=list(WIDTHS.values()), ids=list(WIDTHS))
def page(request: pytest.FixtureRequest, chromium: Browser, wechat: WeChat) -> Iterator[Page]:
    """The emulator's page; whatever the test does, nothing may be wider than the screen and no script may fail."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    one = context.new_page()
    one.set_default_timeout(5000)
    wrong: list[str] = []
    one.on("pageerror", lambda error: wrong.append(str(error)))
    one.goto(wechat.url)
    expect(one.locator(".phone").first).to_be_visible()
    yield one
    assert one.evaluate("document.documentElement.scrollWidth") <= width
    assert wrong == []
    context.close()


def say(page: Page, words: str) -> None:
    box = page.get_by_label("输入消息").first
    box.fill(words)
    box.press("Enter")


def test_a_person_writes_and_reads_the_answer_and_its_exchange(page: Page) -> None:
    say(page, "评价 3号窗口 满意")
    expect(page.locator(".theirs .words").first).to_have_text("收到 评价 3号窗口 满意")
    page.locator(".look").first.click()
    expect(page.locator("#pane .steps")).to_contain_text("msg_signature")
    expect(page.locator("#pane .bad")).to_have_count(0)


@phone_only
def test_silence_of_the_bot_is_shown_as_the_real_one_would(page: Page, wechat: WeChat) -> None:
    wechat.bot.behave = lambda _: b"oops"
    say(page, "有人吗")
    expect(page.locator(".grey").first).to_contain_text(UNAVAILABLE)


def test_the_menu_opens_and_its_button_is_answered(page: Page, wechat: WeChat) -> None:
    wechat.ask("/cgi-bin/menu/create", MENU)
    first = page.locator(".phone").first
    first.get_by_text("评价", exact=False).first.click()
    first.get_by_role("button", name="我要评价").click()
    expect(first.locator(".theirs .words").first).to_have_text("收到 CLICK")


@phone_only
def test_a_plate_is_scanned_from_the_list(page: Page, wechat: WeChat) -> None:
    made = wechat.ask("/cgi-bin/qrcode/create", {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "p:1"}}})
    wechat.control("POST", "/plates", plates={"3号窗口座牌": made["url"]})
    page.get_by_role("button", name="扫一扫").first.click()
    page.get_by_role("button", name="3号窗口座牌").click()
    expect(page.locator(".theirs .words").first).to_have_text("收到 SCAN")


@phone_only
def test_a_picture_of_a_code_is_scanned(page: Page, wechat: WeChat) -> None:
    made = wechat.ask("/cgi-bin/qrcode/create", {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "p:2"}}})
    image = wechat.http.get(wechat.url + "/cgi-bin/showqrcode", params={"ticket": made["ticket"]}).content
    page.get_by_role("button", name="扫一扫").first.click()
    page.locator(".sheet input[type=file]").set_input_files({"name": "plate.jpg", "mimeType": "image/jpeg", "buffer": image})
    expect(page.locator(".theirs .words").first).to_have_text("收到 SCAN")
    assert wechat.bot.heard[-1]["EventKey"] == "p:2"


@pytest.mark.parametrize(("button", "status"), [("允许", "accept"), ("拒绝", "reject")])
def test_the_consent_popup_is_answered(page: Page, wechat: WeChat, button: str, status: str) -> None:
    first = page.locator(".phone").first
    first.get_by_role("button", name="返回").click()
    first.get_by_role("button", name="小程序").first.click()
    first.get_by_role("button", name="订阅消息").click()
    page.get_by_label("审核结果通知").check()
    page.get_by_role("button", name="弹出订阅窗").click()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#toast")).to_have_text("已允许" if status == "accept" else "已拒绝")
    assert wechat.bot.heard[-1]["List"]["SubscribeStatusString"] == status


@phone_only
def test_a_stranger_follows_by_the_keyboard_alone(page: Page, wechat: WeChat) -> None:
    page.keyboard.press("Alt+9")
    follow = page.get_by_role("button", name="关注公众号").first
    expect(follow).to_be_visible()
    follow.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".theirs .words").first).to_have_text("收到 subscribe")
    page.get_by_label("输入消息").first.focus()
    page.keyboard.type("你好")
    page.keyboard.press("Enter")
    expect(page.locator(".theirs .words").nth(1)).to_have_text("收到 你好")


def test_a_fault_is_set_and_taken_back_in_the_panel(page: Page, wechat: WeChat) -> None:
    if not page.locator("#tab-faults").is_visible():
        page.get_by_role("button", name="开发者").click()
    page.get_by_role("tab", name="故障").click()
    page.get_by_label("种类").select_option("push/drop")
    page.get_by_role("button", name="加上").click()
    expect(page.locator("#pane .plainlist")).to_contain_text("回复丢失")
    assert wechat.act("p01", "text", content="你好")["push"]["attempts"][0]["outcome"] == "dropped"
    page.get_by_role("button", name="撤掉").click()
    expect(page.locator("#pane .plainlist")).to_contain_text("一切正常")


@phone_only
def test_a_notice_from_the_server_appears_by_itself(page: Page, wechat: WeChat) -> None:
    wechat.act("p01", "text", content="你好")
    wechat.ask(
        "/cgi-bin/message/custom/send",
        {
            "touser": wechat.openid("p01"),
            "msgtype": "msgmenu",
            "msgmenu": {"head_content": "满意吗？", "list": [{"id": "1", "content": "满意"}], "tail_content": "谢谢"},
        },
    )
    page.locator(".choice", has_text="满意").first.click()
    expect(page.locator(".theirs .words").last).to_have_text("收到 满意")
