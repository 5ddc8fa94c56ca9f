"""Does a day's work with the bundles in dist/, so that none is handed out that lacks a part.

    python packaging/try_bundle.py

PyInstaller sees what is imported, not what is opened by name: data of libraries, templates, rules
of time zones. So each program is started as people start it, on a store that nobody keeps: files
come in, reports in every form go out, a template is filled in, a backup is made, all is verified.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import bundling
import docx
from origin import ROOT

PHRASE = "Sen nở mùa hạ 2026"
EXAMPLES = ROOT / "resources" / "examples"
TABLES = ("organisations", "agreements")
REPORTS = ("report-vi.docx", "report-en.docx", "report-vi.pdf", "report-en.xlsx", "report-vi.csv")
EXPORTS = {"contacts.vcf": "contacts", "contacts.xlsx": "contacts", "tasks.ics": "tasks"}
PLACEHOLDERS = (
    "{{ superior }}", "{{ body }}", "{{ number }}", "{{ place_and_date }}", "{{ subject }}",
    "{{p content }}", "{{ authority }}", "{{ signatory }}", "{{ recipients }}", "{{p annexes }}",
)  # fmt: skip


class Program:
    """A program of a bundle."""

    def __init__(self, bundle: Path, around: dict[str, str], *always: str) -> None:
        """Take what it always is told; the console's twin serves on Windows."""
        twin = bundle / f"{bundle.name}-cli.exe"
        self._words = [str(twin if twin.exists() else bundle / bundle.name), *always]
        self._around = {**os.environ, **around, "QT_QPA_PLATFORM": "offscreen"}

    def __call__(self, *words: str | Path) -> None:
        """Run it.

        Raises:
            CalledProcessError: It refused; its words were shown.
        """
        print("   ", *words, flush=True)
        command = [*self._words, *map(str, words)]
        quietly = subprocess.DEVNULL
        subprocess.run(command, env=self._around, stdin=quietly, stdout=quietly, check=True)


def work_with_desk(folder: Path) -> None:
    """Take files in, write reports and exports, back up, verify.

    Raises:
        CalledProcessError: The desk refused.
    """
    phrase, template = folder / "phrase", folder / "template.docx"
    phrase.write_text(PHRASE, encoding="utf-8")
    paper = docx.Document()
    for each in PLACEHOLDERS:
        paper.add_paragraph(each)
    paper.save(str(template))
    always = ("--profile", str(folder / "profile"), "--passphrase-file", str(phrase))
    desk = Program(bundling.DESK, {"EMBASSY_DESK_KEYRING": "off"}, *always)
    desk("probe")
    desk("init", "--mission", "TOK", "--person", "Nguyễn Văn An")
    desk("add", "contact", "family_name=王", "given_name=小明")
    desk("import", EXAMPLES / "contacts.vcf")
    for table in TABLES:
        desk("import", EXAMPLES / f"{table}.csv", "--as", table)
    desk("import", EXAMPLES / "contacts.vcf")  # a second time: what is there is found
    for name in REPORTS:
        language = Path(name).stem.rpartition("-")[2]
        desk("report", "periodic", "--to", folder / name, "--language", language)
    desk("template", "check", template)
    for name, kind in EXPORTS.items():
        desk("export", kind, "--to", folder / name)
    desk("backup", folder / "all.backup")
    desk("verify")


def work_with_service(folder: Path) -> None:
    """Make a headquarters and ask it for its devices.

    Raises:
        CalledProcessError: It refused.
    """
    service = Program(bundling.HQ, {"EMBASSY_DESK_HQ_HOME": str(folder / "hq")})
    service("init")
    service("devices")


def main() -> int:
    """Work with each bundle that is there and return the exit code."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            work_with_desk(Path(folder))
            if bundling.HQ.is_dir():
                work_with_service(Path(folder))
    except subprocess.CalledProcessError as error:
        print(f"A bundle does not work: {error}", file=sys.stderr)
        return 1
    print("The bundles do a day's work.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
