import pytest

from embassy_desk.domain.name_split import likely_order, named, split_name


def test_a_vietnamese_name_is_taken_apart() -> None:
    assert split_name("Nguyễn Thị Minh Khai") == {
        "family_name": "Nguyễn",
        "middle_name": "Thị Minh",
        "given_name": "Khai",
        "display_order": "family_first",
    }


@pytest.mark.parametrize("name", ["Jean-Luc Martin", "Nguyen Van An", "Yamada Tarō", "Ho Chan"])
def test_a_name_that_is_not_plainly_vietnamese_stays_whole(name: str) -> None:
    assert split_name(name) == {"written_name": name}


def test_a_given_order_decides() -> None:
    assert split_name("John Quincy Adams", "given_first") == {
        "family_name": "Adams",
        "middle_name": "Quincy",
        "given_name": "John",
        "display_order": "given_first",
    }
    assert split_name("Yamada Taro", "family_first")["family_name"] == "Yamada"


@pytest.mark.parametrize(("name", "order"), [("Suharto", ""), ("Aung San", "single")])
def test_a_single_name_is_a_given_name(name: str, order: str) -> None:
    assert split_name(name, order) == {"given_name": name, "display_order": "single"}


def test_a_card_that_writes_the_middle_name_with_the_given_name_is_kept_as_written() -> None:
    fields = named("Nguyễn", "", "Văn An", "Nguyễn Văn An")
    assert fields == {
        "family_name": "Nguyễn",
        "given_name": "Văn An",
        "display_order": "family_first",
    }


def test_the_order_is_guessed_from_the_whole_name() -> None:
    assert named("Smith", "", "John", "John Smith")["display_order"] == "given_first"
    assert named("Kovács", "", "Béla", "Kovács Béla")["display_order"] == "family_first"
    assert named("", "", "Suharto", "Suharto")["display_order"] == "single"
    assert "display_order" not in named("Li", "", "Wei", "李伟")


def test_a_whole_name_that_says_more_is_kept() -> None:
    assert named("Smith", "Q", "John", "John Q Smith, KBE")["written_name"] == "John Q Smith, KBE"
    assert "written_name" not in named("Smith", "Q", "John", "John Q Smith")


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("Nguyen Van An", "family_first"),
        ("Đỗ Hồng", "family_first"),
        ("Mary Smith", "given_first"),
        ("", "given_first"),
    ],
)
def test_the_likely_order_of_a_name_goes_by_its_first_word(name: str, order: str) -> None:
    assert likely_order(name) == order
