"""Papers as the office fetches them: which are offered, what stands on them, under which name they come."""

from datetime import timedelta

import pytest

from scheduler.actions.members import add_delegate
from scheduler.actions.prints import record_print
from scheduler.actions.programmes import publish
from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from tests import make, staff
from tests.blueprints.papers.conftest import pages_of
from tests.cast import AT, OFFICER, seoul


def at(delegation, more=""):
    return f"/delegations/{delegation.id}/papers{more}"


def fetched(client, address, **query):
    client.get(address, **query)
    return pages_of(client.answer)


def test_the_page_of_papers_offers_each_and_says_what_is_missing(as_officer, hanoi, visit):
    page = as_officer.get(f"/delegations/{hanoi.id}")
    assert page.all("a", href=at(hanoi))
    page = as_officer.get(at(hanoi))
    assert "the code for the gate" not in page
    for words in ("Nothing was published yet", "Nobody is on the list yet", "Vehicle sign"):
        assert words in page
    assert page.all("input", name="date")[0].get("value") == "2026-12-10"


def test_a_published_programme_stands_on_paper_with_all_that_guests_need(as_officer, hanoi, lunch):
    publish(hanoi.id, zone=seoul(1).tzinfo, by=OFFICER, at=AT)
    cover, day = fetched(as_officer, at(hanoi, "/programme.pdf"))
    for words in ("Hanoi planning office", "Sở Quy hoạch Hà Nội", "Director", "12 people", "Published on"):
        assert words in cover
    assert "Draft" not in cover
    for words in (
        "Monday 14 December 2026",
        "10:00–11:00",
        "08:00–09:00 in Vietnam",
        "How traffic is steered",
        "Control room",
        "110 Sejong-daero",
        "Host: Traffic Information Division",
        "Interpreter: Ms Park",
        "Please be there: at 09:50, 10 minutes early",
        "Meeting point: Lobby of the west wing",
        "Wear and bring: Closed shoes",
        "Photographs: No photographs of the screens",
        "Lunch",
        "Host: Vice mayor",
        "on the way",
        "The route of Monday 14 December 2026",
        "In danger: Fire and ambulance 119, Police 112",
    ):
        assert words in day
    assert "has not answered" not in day


def test_in_korean_it_has_the_official_form(as_officer, hanoi, lunch):
    publish(hanoi.id, zone=seoul(1).tzinfo, by=OFFICER, at=AT)
    cover, day = fetched(as_officer, at(hanoi, "/programme.pdf"), lang="ko")
    assert "1. 체류 기간: 2026. 12. 10.(목) 00:00~2026. 12. 20.(일) 00:00" in cover
    assert "2026. 12. 14.(월)" in day
    assert "10:00~11:00" in day
    assert "교통 관제" in day
    assert "통역: 박통역" in day
    assert "1. 모든 시각은" in day
    assert "가." not in day
    assert day.rpartition("끝.")[2].split() == ["서울", "2", "/", "2"]


def test_with_korean_beside_it_both_stand_on_one_page(as_officer, hanoi, lunch):
    publish(hanoi.id, zone=seoul(1).tzinfo, by=OFFICER, at=AT)
    cover, day = fetched(as_officer, at(hanoi, "/programme.pdf"), **{"with": "ko"})
    for words in ("Stay", "1. 체류 기간"):
        assert words in cover
    for words in ("Monday 14 December 2026", "2026. 12. 14.(월)", "How traffic is steered", "교통 관제"):
        assert words in day


def test_a_paper_in_another_language_leaves_the_pages_as_they_were(as_officer, hanoi, visit):
    as_officer.get(at(hanoi, "/programme.pdf"), lang="ja")
    assert "lang=" not in as_officer.answer.headers.get("Set-Cookie", "")
    assert "Vehicle sign" in as_officer.get(at(hanoi))


def test_a_draft_says_so_and_opens_no_gate(as_officer, hanoi, visit):
    cover, _day = fetched(as_officer, at(hanoi, "/programme.pdf"), **{"with": "ko"})
    assert "Draft, not published · 초안(미공개)" in cover
    assert "show this code at the gate" not in cover


def test_an_amended_version_is_marked_and_so_is_the_stop(as_officer, hanoi, lunch):
    publish(hanoi.id, zone=seoul(1).tzinfo, by=OFFICER, at=AT)
    lunch.host = "Mayor"
    db.session.commit()
    publish(hanoi.id, zone=seoul(1).tzinfo, by=OFFICER, at=AT + timedelta(hours=1))
    cover, day = fetched(as_officer, at(hanoi, "/programme.pdf"))
    assert "Programme (Amended)" in cover
    assert "Changed Lunch" in day
    assert "일정표(수정)" in fetched(as_officer, at(hanoi, "/programme.pdf"), lang="ko")[0]
    assert "(Amended)" not in fetched(as_officer, at(hanoi, "/programme.pdf"), version="1")[0]


def test_guests_never_read_of_a_hold(as_officer, hanoi, topis):
    tour = make.tour(topis, name="Held tour")
    made = make.visit(hanoi, make.tour_session(tour, seoul(15, 10)), 12, hold_until=AT + timedelta(days=2))
    assert made.state is VisitState.HELD
    assert "Nothing is planned yet" in as_officer.get(at(hanoi, "/programme.pdf"), status=409)


@pytest.mark.parametrize("paper", ["badges", "name-plates"])
def test_names_stand_in_order_of_precedence(as_officer, hanoi, people, paper):
    text = " ".join(fetched(as_officer, at(hanoi, f"/{paper}.pdf")))
    assert text.index("Nguyen Van An") < text.index("Tran Thi Binh")
    assert "Nguyễn Văn An" in text


def test_a_badge_names_the_city_once(as_officer, hanoi):
    told = {"print_as": "An", "post": "Planner", "organisation": "Hanoi Planning Office"}
    add_delegate(hanoi.id, told, by=OFFICER, at=AT)
    (page,) = fetched(as_officer, at(hanoi, "/badges.pdf"))
    assert page.casefold().count("hanoi planning office") == 1


@pytest.mark.parametrize("paper", ["badges", "name-plates"])
def test_without_delegates_a_page_says_what_to_do_first(as_officer, hanoi, paper):
    page = as_officer.get(at(hanoi, f"/{paper}.pdf"), status=409)
    assert "Name the delegates first" in page
    assert page.all("a", href=f"/delegations/{hanoi.id}#delegates")


def test_names_with_signs_that_no_font_has_are_told_beforehand(as_officer, hanoi):
    add_delegate(hanoi.id, {"print_as": "አበበ Abebe"}, by=OFFICER, at=AT)
    assert "አ በ" in as_officer.get(at(hanoi))
    assert "□□□ Abebe" in fetched(as_officer, at(hanoi, "/badges.pdf"))[0]


def test_a_sign_for_each_vehicle_of_the_day_and_as_many_as_are_asked_for(as_officer, hanoi):
    staff.day_duty(staff.vehicle(name="Bus 7", name_native="7호 버스"), hanoi, seoul(14, 9))
    (sign,) = fetched(as_officer, at(hanoi, "/vehicle-sign.pdf"), date="2026-12-14")
    for words in ("Hanoi planning office", "Sở Quy hoạch Hà Nội", "2026. 12. 14.(월)", "Bus 7", "7호 버스"):
        assert words in sign
    assert len(fetched(as_officer, at(hanoi, "/vehicle-sign.pdf"), date="2026-12-15", vehicles="3")) == 3


@pytest.mark.parametrize(
    ("paper", "query"),
    [
        ("programme", {"lang": "xx"}),
        ("programme", {"version": "7"}),
        ("programme", {"with": "tlh"}),
        ("vehicle-sign", {"vehicles": "0"}),
        ("vehicle-sign", {"vehicles": "21"}),
        ("vehicle-sign", {"date": "14.12.2026"}),
    ],
)
def test_what_was_asked_wrongly_comes_back_with_a_sentence(as_officer, hanoi, visit, paper, query):
    page = as_officer.get(at(hanoi, f"/{paper}.pdf"), status=422, **query)
    assert page.all("ul", **{"class": "field-errors"})


def test_a_file_is_called_by_its_name_in_any_script(as_officer, app):
    who = make.delegation("하노이 “도시” 계획국/2")
    add_delegate(who.id, {"print_as": "An"}, by=OFFICER, at=AT)
    as_officer.get(at(who, "/badges.pdf"), lang="ko")
    told = as_officer.answer.headers["Content-Disposition"]
    assert told.startswith("inline; filename=badges-2.pdf")
    assert "filename*=UTF-8''" in told
    assert "%ED%95%98%EB%85%B8%EC%9D%B4" in told
    assert "/" not in told.partition("UTF-8''")[2]


def test_managers_have_no_business_with_a_delegations_papers(as_manager, topis, hanoi):
    as_manager(topis).get(at(hanoi), status=403)


def test_a_sites_day_comes_on_one_sheet_marked_against_the_print_before(as_manager, topis, visit):
    sheet = "/roster/TOPIS/2026-12-14/sheet.pdf"
    client = as_manager(topis)
    (page,) = fetched(client, sheet)
    for words in (
        "Control room",
        "1 visit · 12 people in all",
        "10:00–11:00",
        "Hanoi planning office",
        "1 / 1",
    ):
        assert words in page
    assert "last print" not in page
    record_print(topis, visit.starts_at.date(), by=OFFICER, at=AT)
    tour = make.tour(topis, code="OTHER")
    make.visit(make.delegation("Da Nang", headcount=3), make.tour_session(tour, seoul(14, 15)), 3)
    (page,) = fetched(client, sheet)
    assert "New since the last print Da Nang" in page


def test_a_day_without_visits_says_so(as_officer, topis):
    (page,) = fetched(as_officer, "/roster/TOPIS/2026-12-13/sheet.pdf")
    assert "No delegation and no other booking on this day." in page
    as_officer.get("/roster/TOPIS/2026-13-01/sheet.pdf", status=404)
