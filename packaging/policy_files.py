"""Writes what administrators need to set a policy, from the declaration of the settings itself.

    python packaging/policy_files.py [FOLDER]

A JSON Schema for `policy.json`, and templates for Group Policy (ADMX, with ADML in Vietnamese and
English). Every setting stands there twice: locked, and as a default that people may change.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from origin import ROOT

from embassy_desk.desktop.settings.presenter import WORDS
from embassy_desk.settings.person import DEFAULTS, MOST_LOCK_MINUTES, NAMES
from embassy_desk.settings.places import translations
from embassy_desk.settings.policy import DEFAULT, WINDOWS_POLICIES, schema
from embassy_desk.texts import LabelledEnum, Words

SCHEMA = Path("docs") / "policy.schema.json"
TEMPLATES = Path("packaging") / "windows" / "policy"
SPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
LANGUAGES = {"en": "en-US", "vi": "vi-VN"}
_LONGEST_CODE = 40

# Words of the templates themselves: category, locked, default, supported on.
_OWN = {
    "en": ("Embassy Desk", "{name} (locked)", "{name} (default)", "Embassy Desk 0.1 or newer"),
    "vi": ("Embassy Desk", "{name} (bị khóa)", "{name} (mặc định)", "Embassy Desk 0.1 trở lên"),
}


def files() -> dict[Path, str]:
    """Return every file by its place in the repository."""
    found = {SCHEMA: json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"}
    found[TEMPLATES / "EmbassyDesk.admx"] = _text(admx())
    for language, folder in LANGUAGES.items():
        found[TEMPLATES / folder / "EmbassyDesk.adml"] = _text(adml(language))
    return found


def admx() -> ET.Element:
    """Return the template that says which values there are."""
    root = ET.Element("policyDefinitions", xmlns=SPACE, revision="1.0", schemaVersion="1.0")
    spaces = ET.SubElement(root, "policyNamespaces")
    ET.SubElement(spaces, "target", prefix="embassydesk", namespace="EmbassyDesk.Policies")
    ET.SubElement(root, "resources", minRequiredRevision="1.0")
    supported = ET.SubElement(ET.SubElement(root, "supportedOn"), "definitions")
    told = "$(string.supported)"
    ET.SubElement(supported, "definition", name="Supported", displayName=told)
    categories = ET.SubElement(root, "categories")
    ET.SubElement(categories, "category", name="Desk", displayName="$(string.category)")
    policies = ET.SubElement(root, "policies")
    for name, key in _values():
        _add_policy(policies, name, key)
    return root


def _values() -> Iterator[tuple[str, str]]:
    """Yield every setting with the name of its value: locked, then as a default."""
    for name in NAMES:
        yield name, name
        yield name, DEFAULT + name


def _id(key: str) -> str:
    return key.replace(".", "_")


def _add_policy(policies: ET.Element, name: str, key: str) -> None:
    at = _id(key)
    default = getattr(DEFAULTS, name)
    told = {
        "name": at,
        "class": "Machine",
        "displayName": f"$(string.{at})",
        "explainText": f"$(string.{name}_help)",
        "key": WINDOWS_POLICIES,
    }
    if isinstance(default, bool):
        policy = ET.SubElement(policies, "policy", {**told, "valueName": key})
    else:
        policy = ET.SubElement(
            policies, "policy", {**told, "presentation": f"$(presentation.{at})"}
        )
    ET.SubElement(policy, "parentCategory", ref="Desk")
    ET.SubElement(policy, "supportedOn", ref="Supported")
    if isinstance(default, bool):
        ET.SubElement(ET.SubElement(policy, "enabledValue"), "decimal", value="1")
        ET.SubElement(ET.SubElement(policy, "disabledValue"), "decimal", value="0")
        return
    elements = ET.SubElement(policy, "elements")
    value = {"id": "value", "valueName": key, "required": "true"}
    if isinstance(default, LabelledEnum):
        choices = ET.SubElement(elements, "enum", value)
        for each in type(default):
            item = ET.SubElement(choices, "item", displayName=f"$(string.{name}_{each.value})")
            ET.SubElement(ET.SubElement(item, "value"), "string").text = each.value
    elif isinstance(default, int):
        limits = {"minValue": "0", "maxValue": str(MOST_LOCK_MINUTES)}
        ET.SubElement(elements, "decimal", {**value, **limits})
    else:
        ET.SubElement(elements, "text", {**value, "maxLength": str(_LONGEST_CODE)})


def adml(language: str) -> ET.Element:
    """Return the words of the template in a language."""
    words = Words(language, translations())
    category, locked, proposed, supported = _OWN[language]
    root = ET.Element("policyDefinitionResources", xmlns=SPACE, revision="1.0", schemaVersion="1.0")
    ET.SubElement(root, "displayName").text = category
    ET.SubElement(root, "description").text = category
    resources = ET.SubElement(root, "resources")
    table = ET.SubElement(resources, "stringTable")
    texts: dict[str, str] = {"category": category, "supported": supported}
    for name, key in _values():
        label, hint = WORDS[name]
        pattern = proposed if key.startswith(DEFAULT) else locked
        texts[_id(key)] = pattern.format(name=words(label))
        texts[f"{name}_help"] = words(hint)
        default = getattr(DEFAULTS, name)
        if isinstance(default, LabelledEnum):
            texts |= {f"{name}_{each.value}": words(each.label) for each in type(default)}
    for each, text in texts.items():
        ET.SubElement(table, "string", id=each).text = text
    _add_presentations(ET.SubElement(resources, "presentationTable"), words)
    return root


def _add_presentations(table: ET.Element, words: Words) -> None:
    for name, key in _values():
        default: Any = getattr(DEFAULTS, name)
        if isinstance(default, bool):
            continue
        presentation = ET.SubElement(table, "presentation", id=_id(key))
        label = words(WORDS[name][0])
        if isinstance(default, LabelledEnum):
            ET.SubElement(presentation, "dropdownList", refId="value").text = label
        elif isinstance(default, int):
            ET.SubElement(
                presentation, "decimalTextBox", refId="value", defaultValue=str(default)
            ).text = label
        else:
            box = ET.SubElement(presentation, "textBox", refId="value")
            ET.SubElement(box, "label").text = label


def _text(root: ET.Element) -> str:
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def write(folder: Path) -> None:
    """Write every file below a folder."""
    for place, text in files().items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
