"""What people write into reports is kept on the desk, and stands in every form of the report."""

from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from tests.integration.reports.conftest import FIRST, TODAY, wish_for

from embassy_desk.application.office import answer, perform
from embassy_desk.application.report_texts import (
    GOES_ON_FOR,
    forget_written,
    keep_written,
    written,
)
from embassy_desk.application.reports import Wish, report, write_report
from embassy_desk.domain.errors import MissingError
from embassy_desk.reports.catalogue import REPORTS
from embassy_desk.reports.document import Narrative
from embassy_desk.settings.places import translations
from embassy_desk.store.opening import Store
from embassy_desk.texts import Words

VI = Words("vi", translations())
TEXT = "Nước sở tại công bố chiến lược mới về trí tuệ nhân tạo."
WITH_PARTS = [name for name, kind in REPORTS.items() if kind.parts]


@pytest.mark.parametrize("name", REPORTS)
def test_every_part_of_a_report_has_its_place_on_the_page(store: Store, name: str) -> None:
    made = answer(store, report, name, wish_for(store, name))
    places = [each.name for each in made.blocks if isinstance(each, Narrative)]
    assert places == [part.name for part in REPORTS[name].parts]


@pytest.mark.parametrize("name", WITH_PARTS)
def test_what_was_written_stands_in_the_file(store: Store, tmp_path: Path, name: str) -> None:
    wish = wish_for(store, name)
    part = REPORTS[name].parts[0]
    perform(store, keep_written, name, wish, {part.name: TEXT})
    write_report(store, name, wish, tmp_path / "r.docx", VI)
    paper = docx.Document(str(tmp_path / "r.docx")).element.body
    text = "\n".join(node.text or "" for node in paper.iter(qn("w:t")))
    assert TEXT in text
    assert f"[{VI(part.prompt)}]" not in text
    perform(store, forget_written, name, wish)
    assert answer(store, written, name, wish) == {}


def test_a_later_report_of_the_same_year_goes_on_with_the_text(store: Store) -> None:
    perform(store, keep_written, "periodic", Wish(from_on=FIRST, until_on=TODAY), {"next": TEXT})

    def found(until_on: date, from_on: date = FIRST, country: str = "") -> str:
        wish = Wish(from_on=from_on, until_on=until_on, country=country)
        return answer(store, written, "periodic", wish).get("next", "")

    assert found(TODAY) == found(TODAY + GOES_ON_FOR) == TEXT
    assert found(TODAY + GOES_ON_FOR + timedelta(days=1)) == ""
    assert found(TODAY - timedelta(days=1)) == ""
    assert found(TODAY, FIRST + timedelta(days=1)) == ""
    assert found(TODAY, country="JP") == ""
    perform(store, forget_written, "periodic", Wish(from_on=FIRST, until_on=TODAY))


def test_texts_of_a_report_that_does_not_exist_are_refused(store: Store) -> None:
    with pytest.raises(MissingError, match="no report"):
        perform(store, keep_written, "nonsense", Wish(), {"next": TEXT})
