"""The search box that the overview and the report share."""

from playwright.sync_api import Page, expect


def search(page: Page, among: str, typed: str) -> None:
    """Search as people do, key by key; what is searched is its name."""
    page.get_by_role("searchbox", name=f"Search the {among}").press_sequentially(typed)


def expect_nothing_found(page: Page, among: str, said: str) -> None:
    """Search for what is nowhere: it says so."""
    search(page, among, "nobody")
    expect(page.get_by_role("status")).to_have_text(said)
