"""Forty marked words go through everything a desk does; none of them lies readable anywhere."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from embassy_desk.application.attachments import attach
from embassy_desk.application.backups import Why
from embassy_desk.application.diagnostics import diagnostics
from embassy_desk.application.drafts import Draft, keep_draft
from embassy_desk.application.exporting import export_records
from embassy_desk.application.importing import import_candidates, read_file
from embassy_desk.application.keys import choose_passphrase
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile, create_profile, open_profile
from embassy_desk.application.records import change_record, enter_record, search_everything
from embassy_desk.application.report_templates import keep_template, template_in_use
from embassy_desk.application.restoring import restore
from embassy_desk.application.updating import install_here
from embassy_desk.cli.main import main
from embassy_desk.domain.contact import Contact
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.templates import look_at_template
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.settings.log_lines import LogLines
from embassy_desk.updates.carrying import make_stick
from embassy_desk.updates.installing import Asker
from embassy_desk.updates.sources import LineSource, Pace, carried_source
from makers.templates import make_template
from makers.updates import PLATFORM, bundle, installation, present, served
from makers.updates import Place as Updates

pytestmark = pytest.mark.e2e

CANARIES = tuple(f"zqcanary{number:02}xw" for number in range(40))
OLD, NEW = f"{CANARIES[0]} six quiet words here", f"{CANARIES[1]} seven other words here"
FORMS = ("utf-8", "utf-16-le", "utf-16-be")


def clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the clock itself


class Place:
    """Folders of one laptop: profile, temporary files, log; `outside` is the person's."""

    def __init__(self, folder: Path) -> None:
        self.profile, self.outside = folder / "profile", folder / "outside"
        self.temporary, self.log = folder / "temporary", folder / "desk.log"
        self.outside.mkdir()
        self.temporary.mkdir()

    def hits(self, *others: Path) -> list[str]:
        """Return where a marked word can be read, also in other folders and files."""
        files = [self.log, *self.profile.rglob("*"), *self.temporary.rglob("*"), *others]
        files += [each for other in others for each in other.rglob("*")]
        return [
            f"{canary} in {each.name}"
            for each in files
            for canary in CANARIES
            if canary in each.name or (each.is_file() and _holds(each.read_bytes(), canary))
        ]


def _holds(content: bytes, canary: str) -> bool:
    folded = content.lower()
    return any(canary.encode(form) in folded for form in FORMS)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A laptop whose program logs everything it can."""
    made = Place(tmp_path)
    monkeypatch.setenv("TMPDIR", str(made.temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(made.temporary))
    log = logging.getLogger()
    handler, level = logging.FileHandler(made.log, encoding="utf-8"), log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    yield made
    log.removeHandler(handler)
    log.setLevel(level)
    handler.close()


def work_with(profile: Profile, place: Place) -> None:
    """Put marked words into everything that is kept."""
    store, some = profile.store, iter(CANARIES[2:])
    values = {"family_name": next(some), "given_name": next(some), "alias": next(some)}
    contact, _ = perform(store, enter_record, "contact", {**values, "notes": next(some)})
    perform(store, change_record, "contact", contact.id, {"notes": f"gặp {next(some)}"})
    for kind, field in (
        ("organisation", "name_vi"),
        ("organisation", "short_name"),
        ("agreement", "title_vi"),
        ("agreement", "title_en"),
        ("task", "title"),
        ("contact_list", "title"),
    ):
        needed = {"title_vi": "Bản ghi nhớ", "name_vi": "Công ty", "title": "Gặp"}
        known = {"organisation": "name_vi", "agreement": "title_vi"}.get(kind, "title")
        perform(store, enter_record, kind, {known: needed[known], field: next(some)})
    paper = place.outside / f"{next(some)}.txt"
    paper.write_text(next(some) * 100, "utf-8")
    with store.work() as work:
        attach(work, store, work.get(Contact, contact.id), paper)
        typed = {"notes": next(some)}
        keep_draft(work, Draft(name="draft", kind="contact", record_id=contact.id, typed=typed))
        work.commit()
    register = place.outside / "people.csv"
    lines = [f"{each},An,ghi chú {each}" for each in some]
    register.write_text("\n".join(["family_name,given_name,notes", *lines]), "utf-8")
    import_candidates(store, read_file(register, "contact"))
    answer(store, search_everything, CANARIES[2])


def take_out(profile: Profile, place: Place) -> None:
    """Write tasks into a calendar, and keep a letterhead and a template of the mission's own."""
    store = profile.store
    task = {"title": CANARIES[5], "due_on": clock().date()}
    perform(store, enter_record, "task", task)
    perform(store, enter_record, "letterhead", {"issuer": CANARIES[6]})
    days, template = place.outside / "days.ics", make_template(CANARIES[7])
    assert answer(store, export_records, "task", days) > 0
    with store.work() as work:
        name = f"{CANARIES[8]}.docx"
        keep_template(work, store, name, template, look_at_template(template))
        work.commit()
        assert template_in_use(work, store) == template
    assert CANARIES[5] in days.read_text("utf-8")


def crash_on(place: Place) -> None:
    """Meet an error of our own that quotes a record, and write it into the log of the desk."""
    log = place.profile / "log"
    log.mkdir()
    handler = logging.FileHandler(log / "desk.log", encoding="utf-8")
    handler.setFormatter(LogLines())
    careless = logging.getLogger("embassy_desk.careless")
    careless.propagate = False  # the other log of this test writes everything it is told
    careless.addHandler(handler)
    try:
        {}[CANARIES[9]]
    except KeyError:
        careless.exception("saving %s failed", CANARIES[10])
    careless.removeHandler(handler)
    handler.close()
    assert "KeyError" in (log / "desk.log").read_text("utf-8")


def fail_with(place: Place) -> None:
    """Let reading fail in the middle of marked words."""
    cards = place.outside / "broken.vcf"
    cards.write_text(f"BEGIN:VCARD\nVERSION:3.0\n{CANARIES[3]}\nFN:{CANARIES[4]}\n", "utf-8")
    with pytest.raises(UnreadableFileError):
        read_file(cards)


def test_forty_marked_words_are_readable_nowhere_but_in_what_was_taken_out(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = create_profile(
        place.profile, OLD, clock, mission="TOK", person="Lê An", parameters=FLOOR
    )
    work_with(profile, place)
    take_out(profile, place)
    fail_with(place)
    crash_on(place)
    assert (place.profile / "store.db-wal").stat().st_size > 0
    assert place.hits() == []  # while it is open, with its write-ahead log
    profile.back_up_beside(Why.DAILY, clock())
    profile.back_up(place.profile / "by-hand.zip")
    profile.close()
    restore(place.profile, place.profile / "by-hand.zip", OLD, clock)
    choose_passphrase(place.profile, OLD, NEW, parameters=FLOOR)
    passphrase = place.outside / "passphrase"
    passphrase.write_text(NEW, "utf-8")
    taken = place.outside / "taken.csv"
    options = ["--profile", str(place.profile), "--passphrase-file", str(passphrase)]
    assert main(["export", "contacts", "--to", str(taken), *options]) == 0
    paper = place.outside / "register.xlsx"
    assert main(["report", "agreement_register", "--to", str(paper), *options]) == 0
    assert paper.stat().st_size > 0
    told = diagnostics(place.profile, clock())
    assert [each for each in CANARIES if each in told.lower()] == []
    assert place.hits() == []
    assert sum(each in taken.read_text("utf-8") for each in CANARIES) > 10
    assert CANARIES[2] not in capsys.readouterr().err
    with closing(open_profile(place.profile, NEW, clock)) as again:
        assert again.verify().problems == ()


def test_updates_by_the_line_and_by_stick_carry_no_marked_word(
    place: Place, tmp_path: Path
) -> None:
    """What is asked of headquarters, what comes, and what is written meanwhile, also on a stick."""
    profile = create_profile(
        place.profile, OLD, clock, mission="TOK", person="Lê An", parameters=FLOOR
    )
    work_with(profile, place)
    versions = [f"0.{number}.0" for number in (1, 2, 3)]
    old, new, newest = (bundle(tmp_path / each, each) for each in versions)
    updates = Updates(tmp_path / "updates", present())
    updates.publish(new, versions[1])
    home = installation(tmp_path / "program", old, versions[0])
    asker = Asker(home, updates.root, PLATFORM, updates.at, "TOK")
    sent: list[str] = []

    def hear(request: httpx.Request) -> None:
        sent.append(f"{request.method} {request.url} {request.headers} {request.content!r}")

    with (
        served(updates.folder) as url,
        httpx.Client(event_hooks={"request": [hear]}) as client,
        closing(profile),
    ):
        line = LineSource(client, url, Pace())
        assert install_here(asker, line, profile, lambda *_: None) is not None
        updates.publish(newest, versions[2])
        stick = place.outside / "stick.embassy-update"
        assert make_stick(updates.root, PLATFORM, line, stick).version == versions[2]
        assert install_here(asker, carried_source(stick), profile, lambda *_: None) is not None
    assert home.current == versions[2]
    assert len(sent) > 10
    assert [each for each in CANARIES for told in sent if each in told.lower()] == []
    assert place.hits(home.root, updates.folder, stick) == []


def test_a_readable_word_would_be_found(place: Place) -> None:
    place.profile.mkdir()
    (place.profile / "left.tmp").write_bytes(CANARIES[7].upper().encode("utf-16-le"))
    (place.temporary / CANARIES[8]).mkdir()
    logging.getLogger("careless").info("saved %s", CANARIES[9])
    assert len(place.hits()) == 3
    assert os.environ["TMPDIR"] == str(place.temporary)
