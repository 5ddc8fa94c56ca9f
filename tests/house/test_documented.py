"""Every setting, key and command is documented, from where it is declared."""

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from embassy_desk.application.quick_card import write_quick_card
from embassy_desk.desktop.carding import grouped
from embassy_desk.desktop.help.pages import help_folder
from embassy_desk.desktop.kit.acts import acts_of
from embassy_desk.desktop.settings.presenter import WORDS
from embassy_desk.desktop.shell.desk_menus import DeskMenus
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.shell.shortcuts import ShortcutSheet
from embassy_desk.settings.person import NAMES
from embassy_desk.settings.places import translations
from embassy_desk.texts import Words
from embassy_desk.texts.words import LANGUAGES
from house.sources import ROOT
from makers.desks import NOW

_WHITE = re.compile(r"\s+")


def page_of(language: str, topic: str) -> str:
    return (help_folder() / language / f"{topic}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_setting_stands_on_the_page_of_settings(name: str, language: str) -> None:
    label, _ = WORDS[name]
    said = Words(language, translations())(label)
    bold = re.findall(r"\*\*([^*]+)\*\*", page_of(language, "settings"))
    assert any(said.casefold() in each.casefold() for each in bold), said


def test_every_command_stands_in_the_list_of_commands() -> None:
    script = [sys.executable, "packaging/commands.py", "--check"]
    done = subprocess.run(script, cwd=ROOT, check=False)
    assert done.returncode == 0, "run python packaging/commands.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_menus_stands_on_the_quick_card(
    qapp: QApplication, tmp_path: Path, language: str
) -> None:
    assert qapp is not None
    words = Words(language, translations())
    frame = Frame(words, is_demo=False)
    menus = DeskMenus(frame)
    sheet = ShortcutSheet(frame, words, acts_of(frame.menuBar()))
    lines = sheet.lines
    write_quick_card(tmp_path / "card.pdf", grouped(lines), words, NOW)
    document = pypdfium2.PdfDocument(str(tmp_path / "card.pdf"))
    pages = [each.get_textpage().get_text_bounded() for each in document]
    document.close()
    card = _WHITE.sub("", "".join(pages))
    declared = {keys for act in menus.acts.values() for keys in act.keys}
    assert {"Ctrl+K", "Ctrl+S", "F6"} <= declared
    missing = [keys for keys in declared if _WHITE.sub("", keys) not in card]
    assert missing == []
    assert [text for _, text, _ in lines if _WHITE.sub("", text) not in card] == []
    assert len(pages) <= 2
    frame.let_close()
    frame.deleteLater()
