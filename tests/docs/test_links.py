"""A newcomer follows the links of README.md and docs/."""

import pathlib
import re

import pytest

_ROOT = pathlib.Path(__file__).parents[2]
_PAGES = [_ROOT / "README.md", _ROOT / "serving/deploy/README.md", *sorted((_ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\((?![a-z]+:)(?P<file>[^)#\s]*)(#(?P<anchor>[^)\s]+))?\)")


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: pathlib.Path) -> None:
    for link in _LINK.finditer(page.read_text()):
        target = page.parent / link["file"] if link["file"] else page
        assert target.exists(), f"{page.name}: {link[0]}"
        if link["anchor"]:
            assert link["anchor"] in _anchors(target), f"{page.name}: {link[0]}"


def test_the_pages_do_link() -> None:
    assert all(_LINK.search(page.read_text()) for page in _PAGES if page.name in ("README.md", "models.md"))


def _anchors(page: pathlib.Path) -> set[str]:
    """Those that a page's headings get where it is read: lower case, hyphens, no other punctuation."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
