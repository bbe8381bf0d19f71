"""The bidders' part: a draft that is still there after a reload, sealed bids, one of them replaced."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.stories.procurement.stage import Stage, follow, press, seen, send, told

WORDS = {
    "leling": "每周一次上门探访，由持证社会工作者带队，每次不少于四十分钟。",
    "nuanyang": "两人一组每周探访，当日记录，预警两小时内上门。",
    "linli": "志愿者结对探访，社工每月复核，节假日加访。",
}
PRICES = {"leling": "446800", "nuanyang": "458300", "linli": "471900"}
FIRST_PRICE = "489700"
"""What one of them asked for before it replaced its bid: it never becomes known."""


@dataclass(frozen=True)
class Editor:
    """The bid editor of one organisation."""

    stage: Stage
    tender: str
    login: str

    def open(self) -> Page:
        """From the tender's page to the only lot's editor."""
        page = self.stage.window(self.login, f"/tenders/{self.tender}")
        follow(page, "写投标")
        if page.locator("h1").inner_text() == "选择一包":
            follow(page, "第 1 包")
        page.locator("html[data-ready]").wait_for(state="attached")
        return page

    def fill(self, page: Page, price: str) -> None:
        """Everything that is asked."""
        for area in page.locator("form#bid textarea[name^=met_]").all():
            area.fill("满足，证明材料见附件。")
        for area in page.locator("form#bid textarea[name^=answer_]").all():
            area.fill(WORDS[self.login])
        page.locator("[name=price]").fill(price)

    def seal(self, page: Page) -> str:
        """Check and seal; gives the address of the receipt."""
        send(page, "保存，去核对并密封")
        page.wait_for_url("**/seal")
        seen(page, "要密封的内容")
        press(page, "密封并提交", "确定，密封提交")
        page.wait_for_url("**/bids/*")
        told(page, "投标回执")
        return page.url


def survives_a_reload(editor: Editor) -> None:
    """What was typed is saved by itself, and is there when the page is loaded again."""
    page = editor.open()
    editor.fill(page, PRICES[editor.login])
    expect(page.locator("[data-autosave-status]")).to_contain_text("草稿已保存", timeout=15000)
    page.reload()
    expect(page.locator("[name=price]")).to_have_value(f"{PRICES[editor.login]}.00")
    expect(page.locator("textarea[name^=answer_]").first).to_have_value(WORDS[editor.login])
    seen(page, "写投标")
    editor.seal(page)


def replaced_from_its_copy(editor: Editor, copy: Path) -> None:
    """Sealed too dear; the copy that was downloaded starts the bid that replaces it."""
    page = editor.open()
    editor.fill(page, FIRST_PRICE)
    first = editor.seal(page)
    with page.expect_download() as download:
        send(page, "下载副本")
    download.value.save_as(copy)
    page.goto(first)
    follow(page, "写一份替换它")
    page.locator("input[type=file][name=copy]").set_input_files(copy)
    send(page, "用副本开始")
    expect(page.locator("[name=price]")).to_have_value(f"{FIRST_PRICE}.00")
    page.locator("[name=price]").fill(PRICES[editor.login])
    assert editor.seal(page) != first
    page.goto(first)
    told(page, "投标回执")


def simply(editor: Editor) -> None:
    """Written and sealed."""
    page = editor.open()
    editor.fill(page, PRICES[editor.login])
    editor.seal(page)
