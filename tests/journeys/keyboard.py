"""What somebody does who has no mouse: go from place to place, choose, type, press."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.walking import arrived

FARTHEST = 150
"""Presses of Tab after which nobody would look further."""
TRIES, FORGETS = 5, 1200
"""A list forgets within a second what was typed into it: on a busy machine, between two letters."""
_WHERE = """target => {
  if (!target.isConnected) return "gone";
  const here = document.activeElement;
  if (here === target) return "there";
  const among = target.type === "radio" && here?.type === "radio" && here.name === target.name;
  return among ? "among" : "elsewhere";
}"""
"""Where the focus is, as seen from the target: asked once a press, for each asking is a journey of its own."""


def go_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; among radio buttons, the arrow keys."""
    expect(target).to_be_attached()
    element = target.element_handle()
    for _ in range(FARTHEST):
        where = element.evaluate(_WHERE)
        if where == "there":
            return
        if where == "gone":
            element = target.element_handle()
            continue
        page.keyboard.press("ArrowDown" if where == "among" else "Tab")
    raise AssertionError("the keyboard does not get there")


def type_into(page: Page, label: str, text: str) -> None:
    """Go to the box of that label and type."""
    go_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def choose(page: Page, target: Locator) -> None:
    """Go to a radio button or a box to tick, and choose it."""
    go_to(page, target)
    if not target.is_checked():
        page.keyboard.press("Space")
    expect(target).to_be_checked()


def select(page: Page, label: str, words: str, *, typed: str = "") -> None:
    """Go to a list and choose from it by typing its words, or as much of them as there are keys for."""
    box = page.get_by_label(label, exact=True)
    go_to(page, box)
    chosen = box.locator("option:checked")
    for _ in range(TRIES):
        page.keyboard.type(typed or words)
        if chosen.inner_text().strip() == words:
            break
        page.wait_for_timeout(FORGETS)
    expect(chosen).to_have_text(words)


def press(page: Page, name: str) -> None:
    """Go to the button of that name and press it."""
    follow(page, page.get_by_role("button", name=name, exact=True).last)


def follow(page: Page, target: Locator) -> None:
    """Go to a link or a button and press Enter; where that leads to another page, wait for it."""
    go_to(page, target)
    target.press("Enter")
    arrived(page)
