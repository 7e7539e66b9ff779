"""Search as both engines answer it."""

import pytest

from scheduler.core.searching import Sought, Word, plainly
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.delegation_search import delegations_matching
from scheduler.records.delegations import Delegate
from scheduler.records.partners import Partner
from scheduler.records.post_search import posts_found
from scheduler.records.site_search import sites_found, tours_named
from scheduler.records.visit_search import visits_found
from tests import make
from tests.cast import AT, OFFICER, manager_of, seoul

pytestmark = pytest.mark.usefixtures("app")


def names(rows):
    return [row.name for row in db.session.scalars(rows)]


@pytest.mark.parametrize(
    "typed", ["São Paulo", "SAO PAULO", "ｓａｏ", "paulo sao", "prefeitura", "시장", "100%_", "KSA-17"]
)
def test_a_delegation_is_found_however_it_is_written(typed):
    make.delegation(
        "City of São Paulo 100%_", name_native="Prefeitura", head_post="시장", letter_reference="KSA-17"
    )
    make.delegation("Hanoi planning office 100 of X")
    assert names(delegations_matching(plainly(typed))) == ["City of São Paulo 100%_"]


def test_arabic_and_korean_are_found():
    make.delegation("Riyadh", name_native="أمانة منطقة الرياض")
    make.delegation("Seoul guests", name_native="서울특별시 손님")
    assert names(delegations_matching(plainly("امانة"))) == ["Riyadh"]
    assert names(delegations_matching(plainly("특별시"))) == ["Seoul guests"]


def test_the_best_match_stands_first():
    for day, name in enumerate(("Greater Hano", "Hano", "A Hano office", "Hanoi"), start=1):
        make.delegation(name, arrives_at=seoul(day))
    make.delegation("Johanoberg", arrives_at=seoul(15))
    found = names(delegations_matching(plainly("hano")))
    assert found == ["Hano", "Hanoi", "A Hano office", "Greater Hano", "Johanoberg"]


def test_a_country_finds_those_who_come_from_there():
    partner = Partner(name="Hanoi", country="VN")
    db.session.add(partner)
    db.session.commit()
    make.delegation("By partner", partner_id=partner.id)
    make.delegation("By country", country="VN", arrives_at=seoul(9))
    make.delegation("Elsewhere", country="BR")
    sought = Sought(text="베트남", words=(Word("베트남", frozenset({"VN"})),))
    assert names(delegations_matching(sought)) == ["By partner", "By country"]


def test_people_are_found_by_post_and_by_name():
    who = make.delegation("Hanoi", head_post="Deputy mayor")
    db.session.add_all(
        [
            Delegate(delegation_id=who.id, print_as="Nguyễn Văn An", post="Director", organisation="Water"),
            Delegate(delegation_id=who.id, print_as="Mayor", post="Mayor", precedence=1),
        ]
    )
    db.session.commit()
    by_post, number = posts_found(plainly("mayor"), first=0, most=5)
    assert ([(p.standing, p.post, p.name) for p in by_post], number) == (
        [("delegate", "Mayor", ""), ("head", "Deputy mayor", "")],
        2,
    )
    assert [p.name for p in posts_found(plainly("nguyen an"), first=0, most=5)[0]] == ["Nguyễn Văn An"]
    assert posts_found(plainly("mayor"), first=0, most=1)[1] == 2
    assert posts_found(plainly(""), first=0, most=5) == ([], 0)


def test_sites_are_found_by_code_names_and_tours():
    museum = make.site("MUSEUM", name="City museum", name_native="박물관")
    make.tour(museum, name="Night walk")
    make.site("OTHER", name="The museum annex")
    assert names(sites_found(OFFICER, plainly("museum"))) == ["City museum", "The museum annex"]
    assert names(sites_found(OFFICER, plainly("박물관"))) == ["City museum"]
    found = db.session.scalars(sites_found(OFFICER, plainly("night museum"))).all()
    assert [site.code for site in found] == ["MUSEUM"]
    assert [tour.name for tour in tours_named(found, plainly("night"))] == ["Night walk"]
    assert names(sites_found(manager_of(), plainly("museum"))) == []


@pytest.fixture
def visits():
    """Two visits of one delegation at two sites, a day apart."""
    who = make.delegation("Hanoi")
    topis, museum = make.site(), make.site("MUSEUM", name="City museum")
    first = make.visit(who, make.tour_session(make.tour(topis), seoul(14, 10)))
    second = make.visit(who, make.tour_session(make.tour(museum), seoul(15, 10)))
    return first, second


def found(by, sought, at=AT):
    return list(db.session.scalars(visits_found(by, sought, at)))


def test_visits_are_found_by_delegation_site_day_and_number(visits):
    first, second = visits
    assert found(OFFICER, plainly("hanoi")) == [first, second]
    assert found(OFFICER, plainly("hanoi museum")) == [second]
    day = Span(seoul(15), seoul(16))
    assert found(OFFICER, Sought(days=(day,))) == [second]
    assert found(OFFICER, Sought(text="x", words=(Word("x"),), number=second.id)) == [second]
    assert found(OFFICER, plainly("hanoi"), at=seoul(14, 12)) == [second, first]


def test_a_site_manager_finds_the_visits_of_their_own_sites_alone(visits):
    first, second = visits
    assert found(manager_of(second.site_id), plainly("hanoi")) == [second]
    assert found(manager_of(second.site_id), Sought(number=first.id, words=(Word("x"),))) == []
