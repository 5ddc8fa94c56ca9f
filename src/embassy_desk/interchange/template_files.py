"""The inside of a Word template: its files, links, fields and placeholders; loads the libraries."""

import base64
import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.interchange.answers import SentText
from embassy_desk.interchange.errors import whole_file
from embassy_desk.interchange.placeholders import (
    FIELDS,
    LARGEST_TEMPLATE_BYTES,
    NAMED_STYLES,
    NEEDED,
    PARTS,
    TemplateFindings,
)
from embassy_desk.texts import N_

_LARGEST_INSIDE_BYTES = 64 * 1024 * 1024
_MOST_FILES = 500
_DOCUMENT = "wordprocessingml.document.main+xml"
_TEMPLATE = "wordprocessingml.template.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"
_WITH_TEXT = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_PROGRAM = re.compile(r"vba|activex|macro|customui", re.IGNORECASE)
_EMBEDDED = re.compile(
    r"word/(embeddings|afchunk|subdoc)|\.(bin|html?|mht|rtf|exe|js)$", re.IGNORECASE
)
_FETCHING = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|DDE|DDEAUTO|LINK|IMPORT|MACROBUTTON|DATABASE|AUTOTEXT)\b"
)
_BRACES = re.compile(r"\{\{(.*?)\}\}|(\{%|\{#|%\}|#\})", re.DOTALL)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def look_at(content: bytes) -> TemplateFindings:
    """Return what is missing in a template or unsafe; see `templates.look_at_template`."""
    files = _files(content)
    trees = {
        name: _parsed(text) for name, text in files.items() if name.endswith((".xml", ".rels"))
    }
    problems = [*_unsafe_files(files), *_unsafe_links(trees), *_unsafe_fields(trees)]
    found: list[str] = []
    for name, tree in trees.items():
        if _WITH_TEXT.fullmatch(name):
            problems += _placeholders(tree, found)
    problems += [
        N_("The placeholder {name} is missing.", name=written(each))
        for each in NEEDED
        if each not in found
    ]
    problems += [
        N_("The placeholder {name} stands there more than once.", name=written(each))
        for each in PARTS
        if found.count(each) > 1
    ]
    styles = _style_names(trees.get("word/styles.xml"))
    return TemplateFindings(
        problems=tuple(dict.fromkeys(problems)),
        placeholders=tuple(each for each in (*FIELDS, *PARTS) if each in found),
        styles=tuple(each for each in NAMED_STYLES if each.casefold() in styles),
    )


def written(name: str) -> str:
    """Return a placeholder as it stands in a template."""
    return f"{{{{p {name} }}}}" if name in PARTS else f"{{{{ {name} }}}}"


def fill(content: bytes, fields: Mapping[str, str], parts: Mapping[str, bytes]) -> str:
    """Return a template filled in, as DOCX in base64; see `templates.fill_template`."""
    found = look_at(content)
    if found.problems:
        raise InvalidError([Problem("template", each) for each in found.problems])
    try:
        template = DocxTemplate(io.BytesIO(_as_document(content)))
        texts: dict[str, object] = {name: fields.get(name, "") for name in FIELDS}
        for name in PARTS:
            texts[name] = template.new_subdoc(io.BytesIO(parts[name]))
        environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        template.render(texts, environment, autoescape=True)
        made = io.BytesIO()
        template.save(made)
    except (OpcError, TemplateError, KeyError, ValueError, etree.LxmlError) as error:
        raise whole_file(N_("This template cannot be filled in; it is damaged.")) from error
    return base64.b64encode(made.getvalue()).decode()


def _files(content: bytes) -> dict[str, bytes]:
    """Return what is packed in a document.

    Raises:
        UnreadableFileError: It is no DOCX document, or too large.
    """
    if len(content) > LARGEST_TEMPLATE_BYTES:
        raise whole_file(N_("This template is too large; at most 8 MiB can be used."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            size = sum(each.file_size for each in entries)
            if size > _LARGEST_INSIDE_BYTES or len(entries) > _MOST_FILES:
                raise whole_file(N_("This template is too large; at most 8 MiB can be used."))
            files = {each.filename: archive.read(each) for each in entries}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise whole_file(N_("This file is no Word document.")) from error
    types = files.get(_CONTENT_TYPES, b"").decode("utf-8", errors="replace")
    if "word/document.xml" not in files or "wordprocessingml" not in types:
        raise whole_file(N_("This file is no Word document."))
    return files


def _as_document(content: bytes) -> bytes:
    """Return a template of the ending .dotx as the document that libraries open."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _files(content).items():
            is_types = name == _CONTENT_TYPES
            archive.writestr(
                name, text.replace(_TEMPLATE.encode(), _DOCUMENT.encode()) if is_types else text
            )
    return made.getvalue()


def _parsed(text: bytes) -> etree._Element:
    try:
        tree = etree.fromstring(text, _PARSER)
    except etree.LxmlError as error:
        raise whole_file(N_("This file is no Word document.")) from error
    if tree.getroottree().docinfo.doctype:
        raise whole_file(N_("This file is no Word document."))
    return tree


def _unsafe_files(files: Mapping[str, bytes]) -> Iterator[SentText]:
    types = files[_CONTENT_TYPES].decode("utf-8", errors="replace")
    if "macroEnabled" in types or any(_PROGRAM.search(each) for each in files):
        yield N_("It holds macros or controls.")
    for name in files:
        if _EMBEDDED.search(name) and not _PROGRAM.search(name):
            yield N_("It holds an embedded file: {name}", name=name)


def _unsafe_links(trees: Mapping[str, etree._Element]) -> Iterator[SentText]:
    """Yield links that lead out of the document; Word would follow some of them by itself."""
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        for each in tree:
            if each.get("TargetMode") == "External":
                yield N_("It leads out of the document: {target}", target=each.get("Target", ""))


def _unsafe_fields(trees: Mapping[str, etree._Element]) -> Iterator[SentText]:
    for tree in trees.values():
        codes = ["".join(each.text or "" for each in tree.iter(qn("w:instrText")))]
        codes += [each.get(qn("w:instr"), "") for each in tree.iter(qn("w:fldSimple"))]
        for code in codes:
            for found in _FETCHING.finditer(code.upper()):
                yield N_("It holds a field that fetches or runs something: {name}", name=found[1])


def _placeholders(tree: etree._Element, found: list[str]) -> Iterator[SentText]:
    """Yield what is wrong with placeholders; the known ones go to `found`."""
    for paragraph in tree.iter(qn("w:p")):
        text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
        for match in _BRACES.finditer(text):
            inner = match[1]
            if inner is None:
                yield N_("It holds what is no plain placeholder: {text}", text=match[2])
                continue
            mark, _, name = inner.strip().rpartition(" ")
            name = name.strip()
            if inner.startswith("p ") and mark.strip() == "p" and name in PARTS:
                if text.strip() != match[0]:
                    yield N_("The placeholder {name} must stand alone in its paragraph.",
                             name=written(name))  # fmt: skip
                found.append(name)
            elif inner.strip() in FIELDS:
                found.append(inner.strip())
            else:
                yield N_("The placeholder {name} is not known.", name=match[0])


def _style_names(tree: etree._Element | None) -> set[str]:
    if tree is None:
        return set()
    return {each.get(qn("w:val"), "").casefold() for each in tree.iter(qn("w:name"))}
