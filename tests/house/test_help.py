"""Every screen has a page of help in both languages; every page is short and leads on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from embassy_desk.desktop.help.pages import (
    CONTENTS,
    has_page,
    help_folder,
    linked_topic,
    page,
    picture,
)
from embassy_desk.desktop.kit.help_topics import REFERENCE
from embassy_desk.desktop.plans import DAILY_KINDS
from embassy_desk.texts.words import LANGUAGES
from house.rules import Rule
from house.sources import PACKAGE, Source, called, sources

MOST_LINES = 40
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]*)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
MOST_BYTES = 3_000_000

WITHOUT_PAGE = {
    f"{PACKAGE}desktop/help/": "the window of help itself",
}


def pages(language: str) -> dict[str, Path]:
    """Return the pages of a language by topic."""
    return {path.stem: path for path in (help_folder() / language).glob("*.md")}


def topics_of(source: Source) -> Iterator[str]:
    """Yield the topics that a source gives to its screens."""
    for call in source.calls:
        if called(call) == "help_topic" and len(call.args) > 1:
            topic = call.args[1]
            if isinstance(topic, ast.Constant):
                yield str(topic.value)


def screens_without_topic(source: Source) -> Iterator[str]:
    is_screen = source.place.endswith("/screen.py")
    if is_screen and not any(called(call) == "help_topic" for call in source.calls):
        yield f"{source.place} does not say what it is about; call help_topic"


EVERY_SCREEN = Rule(
    name="Every screen says what it is about, so that F1 shows its page",
    complaints=screens_without_topic,
    folders=(f"{PACKAGE}desktop/",),
    free=WITHOUT_PAGE,
    place=f"{PACKAGE}desktop/planted/screen.py",
    offender="class Screen:\n    def __init__(self):\n        self.build()\n",
    innocent="class Screen:\n    def __init__(self):\n        help_topic(self, 'lists')\n",
)


def test_every_screen_says_what_it_is_about() -> None:
    EVERY_SCREEN.enforce()


def test_a_screen_without_topic_is_noticed() -> None:
    assert EVERY_SCREEN.broken_by(EVERY_SCREEN.offender)
    assert EVERY_SCREEN.broken_by(EVERY_SCREEN.innocent) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_a_page(language: str) -> None:
    topics = {topic for source in sources(f"{PACKAGE}desktop/") for topic in topics_of(source)}
    assert "settings" in topics
    topics |= {*DAILY_KINDS, REFERENCE, CONTENTS}
    assert {topic for topic in topics if not has_page(topic, language)} == set()


def test_both_languages_have_the_same_pages() -> None:
    assert pages("vi").keys() == pages("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", sorted(pages("en")))
def test_page_is_short_and_its_links_lead_to_pages(topic: str, language: str) -> None:
    text = pages(language)[topic].read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= MOST_LINES
    assert "<" not in text, "no markup but Markdown's own"
    links = [linked_topic(link) for link in _LINK.findall(text)]
    assert [link for link in links if not has_page(link, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_contents_lead_to_every_page(language: str) -> None:
    text = pages(language)[CONTENTS].read_text(encoding="utf-8")
    linked = {linked_topic(link) for link in _LINK.findall(text)}
    assert linked == pages(language).keys() - {CONTENTS}


@pytest.mark.parametrize(
    "link", ["https://example.org/x.md", "../x.md", "file:///etc/passwd", "x.html", "", "a/b.md"]
)
def test_links_that_lead_elsewhere_are_no_topics(link: str) -> None:
    assert linked_topic(link) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", sorted(pages("en")))
def test_pictures_of_a_page_are_there_and_said_in_words(topic: str, language: str) -> None:
    text = pages(language)[topic].read_text(encoding="utf-8")
    for said, name in _PICTURE.findall(text):
        path = picture(name, language)
        assert path is not None, name
        with Image.open(path) as found:
            assert (found.format, found.mode) == ("PNG", "P")
        assert len(said.split()) > 3, "words for those who do not see the picture"
        assert f"*{said}*" in page(topic, language)


def test_the_same_pages_have_pictures_in_both_languages_and_each_is_shown() -> None:
    named = {
        each: {
            name
            for path in pages(each).values()
            for _, name in _PICTURE.findall(path.read_text(encoding="utf-8"))
        }
        for each in LANGUAGES
    }
    assert named["vi"] == named["en"]
    assert len(named["vi"]) > len(pages("vi")) / 2
    files = [*help_folder().glob("*/pictures/*")]
    assert sorted(f"pictures/{each.name}" for each in files) == sorted([*named["vi"], *named["en"]])
    assert sum(each.stat().st_size for each in files) < MOST_BYTES


@pytest.mark.parametrize("name", ["../home.png", "pictures/../home.md", "/etc/passwd", "", "x.png"])
def test_pictures_that_lie_elsewhere_are_none(name: str) -> None:
    assert picture(name, "vi") is None
