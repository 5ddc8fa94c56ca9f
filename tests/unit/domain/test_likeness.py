import pytest

from embassy_desk.domain.blocking import NEIGHBOURS, Blocks
from embassy_desk.domain.likeness import Certainty, Traits, likeness
from embassy_desk.domain.name_likeness import NameLikeness, likeness_of_names


def person(name: str, **values: str) -> Traits:
    sets = {field: frozenset(filter(None, [text])) for field, text in values.items()}
    return Traits(kind="contact", names=(name,), **sets)


def body(name: str, **values: str) -> Traits:
    sets = {field: frozenset([text]) for field, text in values.items()}
    return Traits(kind="organisation", names=(name,), **sets)


def certainty(one: Traits, other: Traits, **values: object) -> Certainty | None:
    alike = likeness(one, other, **values)  # type: ignore[arg-type]
    assert alike == likeness(other, one, **values)  # type: ignore[arg-type]
    return alike.certainty if alike else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Nguyễn Văn Hùng", "NGUYỄN VĂN HÙNG", NameLikeness.SAME),
        ("Nguyễn Văn Hùng", "Hùng Nguyễn Văn", NameLikeness.SAME),
        ("Nguyễn Văn Hùng", "Hùng Văn Nguyễn", NameLikeness.SAME),
        ("Lê Hòa", "Lê Hoà", NameLikeness.SAME),
        ("Đặng Thị Hường", "Dang Thi Huong", NameLikeness.UNMARKED),
        ("Đặng Thị Hường", "Huong Dang Thi", NameLikeness.UNMARKED),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", NameLikeness.OTHER_MARKS),
        ("Nguyễn Văn An", "Nguyễn Văn Ân", NameLikeness.OTHER_MARKS),
        ("Nguyễn Hoàng Nam", "Nguyễn Nam Hoàng", NameLikeness.DIFFERENT),
        ("José Pérez", "José Perez", NameLikeness.UNMARKED),
        ("Xiaoming Wang", "Wang Xiao Ming", NameLikeness.SAME),
        ("王小明", "Wang Xiaoming", NameLikeness.ROMANISED),
        ("王小明", "Xiaoming Wang", NameLikeness.ROMANISED),
        ("Иванов Сергей", "Sergey Ivanov", NameLikeness.ROMANISED),
        ("Catherine Dupont", "Katherine Dupont", NameLikeness.SIMILAR),
        ("Nguyễn Văn Hùng", "Nguyễn Hùng", NameLikeness.PART),
        ("Nguyễn Văn Hùng", "Trần Thị Mai", NameLikeness.DIFFERENT),
        ("", "Trần Thị Mai", NameLikeness.DIFFERENT),
    ],
)
def test_two_names_stand_to_each_other(one: str, other: str, expected: NameLikeness) -> None:
    assert likeness_of_names(one, other) is expected
    assert likeness_of_names(other, one) is expected


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn Hùng", "Trần Thị Mai Anh", "Le Van Duc", "Hung Nguyen"]
)
def test_a_vietnamese_name_alone_is_never_enough_whatever_stands_beside_it(name: str) -> None:
    for place in ("", "bo cong an"):
        one, other = person(name, places=place), person(name, places=place)
        assert certainty(one, other) in {Certainty.POSSIBLE, Certainty.LIKELY}


def test_two_people_of_one_vietnamese_name_at_two_bodies_are_not_named_together() -> None:
    one = person("Nguyễn Văn Hùng", places="bo cong an")
    assert certainty(one, person("Nguyễn Văn Hùng", places="bo tai chinh")) is None


def test_people_of_one_name_with_other_bodies_and_other_addresses_are_two() -> None:
    one = person("Daniel Rossi", places="x", addresses="d@x.test")
    assert certainty(one, person("Daniel Rossi", places="y", addresses="d@y.test")) is None
    assert certainty(one, person("Daniel Rossi", places="y")) is Certainty.POSSIBLE


def test_names_that_differ_by_their_marks_are_two_people_also_in_one_house() -> None:
    one = person("Nguyễn Văn Hùng", places="bo cong an")
    assert certainty(one, person("Nguyễn Văn Hưng", places="bo cong an")) is None


def test_one_letter_makes_another_vietnamese_name_but_may_be_a_slip_elsewhere() -> None:
    assert (
        certainty(person("Nguyen Van Hung", places="x"), person("Nguyen Van Dung", places="x"))
        is None
    )
    assert (
        certainty(person("Catherine Dupont", places="x"), person("Katherine Dupont", places="x"))
        is Certainty.LIKELY
    )


@pytest.mark.parametrize("reach", [{"addresses": "a@b.vn"}, {"numbers": "+842438251234"}])
def test_an_address_or_number_beside_the_name_makes_it_almost_certain(
    reach: dict[str, str],
) -> None:
    alike = likeness(person("Đặng Thị Hường", **reach), person("Dang Thi Huong", **reach))
    assert alike is not None
    assert alike.certainty is Certainty.SAME
    assert any(value in str(alike.reasons[0]) for value in reach.values())
    assert str(alike.reasons[1]) == "The same name, once without marks."


def test_what_an_office_shares_counts_only_beside_a_name() -> None:
    shared = frozenset({"info@b.vn"})
    one = person("Đặng Thị Hường", addresses="info@b.vn")
    assert certainty(one, person("Yamada Taro", addresses="info@b.vn"), shared=shared) is None
    same = person("Đặng Thị Hường", addresses="info@b.vn")
    assert certainty(one, same, shared=shared) is Certainty.LIKELY


def test_the_same_mark_is_enough_whatever_the_name() -> None:
    one, other = person("A B", marks="card-7"), person("C D", marks="card-7")
    assert certainty(one, other) is Certainty.SAME


def test_a_contact_and_an_organisation_are_never_alike() -> None:
    assert likeness(person("FPT"), body("FPT")) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (body("FPT Software", marks="0101"), body("FPT", marks="0101"), Certainty.SAME),
        (body("Bộ Công an", places="VN"), body("Bo cong an", places="VN"), Certainty.LIKELY),
        (body("Ministry of Finance", places="JP"), body("Ministry of Finance", places="KR"), None),
        (body("Samsung Electronics"), body("Samsung Electronic"), Certainty.POSSIBLE),
        (body("FPT", addresses="fpt.vn"), body("FPT Software", addresses="fpt.vn"), None),
        (body("Sony Corporation", addresses="sony.jp"),
         body("Sony Corporaton", addresses="sony.jp"), Certainty.LIKELY),
        (body("Takanami Robotics Holdings K.K."), body("Takanami Logistics Holdings K.K."), None),
        (body("Toyota"), body("Honda"), None),
    ],
)  # fmt: skip
def test_bodies_are_compared_by_number_website_name_and_country(
    one: Traits, other: Traits, expected: Certainty | None
) -> None:
    assert certainty(one, other) is expected


def test_blocks_find_what_is_alike_whatever_it_is_that_agrees() -> None:
    known = Blocks(
        [
            ("mail", person("Hường", addresses="h@b.vn")),
            ("number", person("Dang Huong", numbers="+842438251234")),
            ("name", person("Huong Dang Thi")),
            ("script", person("王小明")),
            ("nobody", person("Trần Thị Mai", addresses="m@b.vn", places="bo cong an")),
        ]
    )
    one = person("Đặng Thị Hường", addresses="h@b.vn", numbers="+842438251234")
    assert {each.name for each in known.like(one)} == {"mail", "number", "name"}
    assert [each.name for each in known.like(person("Wang Xiaoming"))] == ["script"]
    assert known.like(person("Mai Trần Văn")) == ()


def test_what_is_added_is_found_by_what_follows() -> None:
    known: Blocks[int] = Blocks()
    assert known.like(person("A B", addresses="a@b.vn")) == ()
    known.add(7, person("A B", addresses="a@b.vn"))
    (found,) = known.like(person("A. B.", addresses="a@b.vn"))
    assert found.name == 7


def test_every_pair_comes_once() -> None:
    same = [(n, person("Ana Berg", addresses="a@b.vn", places="x")) for n in range(4)]
    pairs = [(each.one, each.other) for each in Blocks(same).pairs()]
    assert sorted(pairs) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_a_thousand_people_with_one_telephone_cost_a_thousand_comparisons_not_a_million() -> None:
    crowd = [(n, person(f"Name{n} Body", numbers="+8424382", places="x")) for n in range(1_000)]
    told: list[tuple[int, int]] = []
    blocks = Blocks(crowd)
    compared = [1 for _ in blocks.pairs(lambda done, total: told.append((done, total)))]
    assert len(compared) <= 1_000 * NEIGHBOURS
    assert told


def test_of_a_crowd_with_one_address_those_of_one_name_are_still_found() -> None:
    crowd = [(n, person(f"Name{n} Body", addresses="info@b.vn")) for n in range(100)]
    known = Blocks([*crowd, (1_000, person("Đặng Thị Hường", addresses="info@b.vn"))])
    found = known.like(person("Dang Thi Huong", addresses="info@b.vn"))
    assert [each.name for each in found] == [1_000]
    assert found[0].likeness.certainty is Certainty.LIKELY
