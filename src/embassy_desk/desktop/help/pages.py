"""The pages of help: our own Markdown files, one task a page, in both languages. No Qt."""

import re
from pathlib import Path

from embassy_desk.settings.places import resources

CONTENTS = "index"
_TOPIC = re.compile(r"[a-z_]{1,40}")
_PICTURE = re.compile(r"^!\[([^\]]+)\]\(pictures/[a-z_]{1,40}\.png\)$", re.MULTILINE)
_PICTURE_NAME = re.compile(r"pictures/[a-z_]{1,40}\.png")


def help_folder() -> Path:
    """Return the folder of the pages, with a folder of each language in it."""
    return resources() / "help"


def has_page(topic: str, language: str) -> bool:
    """Say whether there is a page on a topic."""
    is_name = _TOPIC.fullmatch(topic) is not None
    return is_name and (help_folder() / language / f"{topic}.md").is_file()


def page(topic: str, language: str) -> str:
    """Return the page on a topic; the contents when there is none.

    What stands for a picture is read below it as well, for those who do not see it.

    Raises:
        OSError: The files that came with the program are not there.
    """
    name = topic if has_page(topic, language) else CONTENTS
    text = (help_folder() / language / f"{name}.md").read_text(encoding="utf-8")
    return _PICTURE.sub(r"\g<0>\n\n*\1*", text)


def picture(name: str, language: str) -> Path | None:
    """Return the file of a picture that a page names; nothing for a name that leads elsewhere."""
    path = help_folder() / language / name
    return path if _PICTURE_NAME.fullmatch(name) and path.is_file() else None


def linked_topic(link: str) -> str:
    """Return the topic that a link of a page leads to; empty for one that leads elsewhere."""
    topic, _, ending = link.rpartition(".")
    return topic if ending == "md" and _TOPIC.fullmatch(topic) else ""
