"""Every text is translated, the committed files are fresh, and each check can fail."""

from pathlib import Path

import pytest

from house.programs import program
from house.sources import ROOT

strings = program("strings")

SOURCE = (
    "from embassy_desk.texts import N_\n"
    "GREETING = N_('Good day, {name}.', name='you')\n"
    "LEFT = N_('One day left', '{count} days left', count=3)\n"
)
PART = (
    'msgid "Good day, {name}."\nmsgstr "Xin chào {name}."\n\n'
    'msgid "One day left"\nmsgid_plural "{count} days left"\nmsgstr[0] "Còn {count} ngày"\n'
)


@pytest.fixture
def files(tmp_path: Path) -> object:
    """A small project with two texts and no translations yet."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "desk.py").write_text(SOURCE, encoding="utf-8")
    return strings.Files(tmp_path / "src", tmp_path / "translations")


def _translated(files: object, part: str, folder: Path) -> list[str]:
    """Take over one part and return the problems."""
    path = folder / "part.po"
    path.write_text(part, encoding="utf-8")
    found: list[str] = strings.update(files, [path])
    return found


def test_the_committed_files_say_what_the_sources_say() -> None:
    stale = strings.stale(strings.Files())
    if stale:
        pytest.fail("\n".join(stale), pytrace=False)


def test_every_text_has_a_fitting_translation() -> None:
    problems = strings.problems(strings.read(strings.Files().catalogue))
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def test_new_texts_are_problems_until_they_are_translated(files: object, tmp_path: Path) -> None:
    assert len(strings.update(files)) == 2
    assert _translated(files, PART, tmp_path) == []
    assert strings.stale(files) == []


def test_a_new_text_makes_the_files_stale(files: object, tmp_path: Path) -> None:
    strings.update(files)
    (tmp_path / "src" / "more.py").write_text("MORE = N_('More')\n", encoding="utf-8")
    assert [line.split()[0] for line in strings.stale(files)] == [
        "embassy_desk.pot",
        "embassy_desk.po",
    ]


def test_a_compiled_file_of_other_translations_is_stale(files: object, tmp_path: Path) -> None:
    _translated(files, PART, tmp_path)
    compiled = files.compiled  # type: ignore[attr-defined] # made by a module loaded by path
    compiled.write_bytes(compiled.read_bytes().replace(b"Xin", b"Yin"))
    assert strings.stale(files) == [
        "embassy_desk.mo is not what the sources say; run `make strings`"
    ]


def test_writing_twice_writes_the_same_bytes(files: object, tmp_path: Path) -> None:
    _translated(files, PART, tmp_path)
    first = {path: path.read_bytes() for path in (tmp_path / "translations").rglob("*.?o*")}
    strings.update(files)
    assert first == {path: path.read_bytes() for path in first}
    assert len(first) == 3


def test_translations_of_vanished_texts_go(files: object, tmp_path: Path) -> None:
    _translated(files, PART, tmp_path)
    (tmp_path / "src" / "desk.py").write_text("", encoding="utf-8")
    strings.update(files)
    assert list(strings.read(files.catalogue))[1:] == []  # type: ignore[attr-defined] # as above


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ("", "not translated"),
        ("Xin chào {tên}.", "braces ['tên'] where ['name'] are meant"),
        ("Xin chào {name.", "braces that cannot be filled in: expected '}' before end of string"),
        ("Xin chào {name}", "space or closing mark differs"),
        ("Xin cha\u0300o {name}.", "letters and marks not composed (NFC)"),
    ],
)
def test_a_translation_that_cannot_be_right_is_named(
    files: object, tmp_path: Path, translation: str, problem: str
) -> None:
    part = PART.replace("Xin chào {name}.", translation)
    assert f"“Good day, {{name}}.”: {problem}" in _translated(files, part, tmp_path)


def test_an_uncertain_translation_is_named(files: object, tmp_path: Path) -> None:
    _translated(files, PART, tmp_path)
    catalogue = strings.read(files.catalogue)  # type: ignore[attr-defined] # as above
    catalogue["Good day, {name}."].flags.add("fuzzy")
    assert strings.problems(catalogue) == ["“Good day, {name}.”: marked as uncertain"]


def test_a_part_changes_no_translation_that_is_there(files: object, tmp_path: Path) -> None:
    _translated(files, PART, tmp_path)
    notes = _translated(files, PART.replace("Xin chào", "Kính chào"), tmp_path)
    assert notes == [
        "“Good day, {name}.” is “Xin chào {name}.”, in part.po “Kính chào {name}.”",
    ]


def test_a_part_with_unknown_texts_is_named(files: object, tmp_path: Path) -> None:
    part = PART + '\nmsgid "Unknown"\nmsgstr "Lạ"\n'
    assert _translated(files, part, tmp_path) == ["“Unknown” of part.po is not in the sources"]


@pytest.mark.parametrize("argument", ["f'{title} ends'", "title", "", "'a', 'b', 'c'", "'a' + b"])
def test_what_cannot_be_translated_is_refused(argument: str) -> None:
    with pytest.raises(strings.StringsError, match=r"desk\.py:1"):
        list(strings.marked_in(f"N_({argument})", "desk.py"))


def test_values_of_a_text_are_not_its_plural() -> None:
    marked = list(strings.marked_in("N_('{kind} gone', kind='Contact')", "desk.py"))
    assert [each.key for each in marked] == ["{kind} gone"]


def test_one_sentence_has_one_plural(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("N_('One', 'Many', count=1)\nN_('One', 'Lots', count=1)\n")
    with pytest.raises(strings.StringsError, match="another plural"):
        strings.template_of(tmp_path)


def test_the_reader_is_never_spoken_to_like_a_friend(files: object, tmp_path: Path) -> None:
    for words, is_right in (("Chào bạn {name}.", False), ("Chào phía bạn, {name}.", True)):
        part = PART.replace("Xin chào {name}.", words)
        catalogue = tmp_path / "translations" / "vi" / "LC_MESSAGES" / "embassy_desk.po"
        catalogue.unlink(missing_ok=True)
        found = _translated(files, part, tmp_path)
        assert [each for each in found if "quý vị" in each] == found
        assert (found == []) is is_right


def test_help_and_installer_speak_to_the_reader_as_the_window_does() -> None:
    windows = ROOT / "packaging" / "windows"
    pages = [*(ROOT / "resources" / "help" / "vi").glob("*.md"), *windows.rglob("*.nsi")]
    pages += windows.rglob("vi-VN/*.adml")
    assert {each.suffix for each in pages} == {".md", ".nsi", ".adml"}
    found = [each.name for each in pages if strings.FAMILIAR.search(each.read_text("utf-8"))]
    assert found == []
