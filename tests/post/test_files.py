"""Letters carried into a folder: whole or not at all, once each, and nobody else's business."""

import os
import stat
from threading import Thread

import pytest

from scheduler.post.delivery import Outcome
from scheduler.post.files import FileCarrier, file_name
from scheduler.post.mail import as_bytes
from tests.post.letters import a_mail

SENDER, GUEST = "desk@city.example", "guest@x.example"
LETTER = as_bytes(a_mail())
NAME = "2026-11-22T093015-guest@x.example-54dbe93111a2.eml"


def carried(folder, *, recipient=GUEST, data=LETTER):
    with FileCarrier(folder) as carrier:
        return carrier.deliver(sender=SENDER, recipient=recipient, data=data)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_letter_becomes_a_file_that_only_its_owner_reads(tmp_path):
    folder = tmp_path / "instance" / "mail"
    delivery = carried(folder)
    assert (delivery.outcome, delivery.said) == (Outcome.TAKEN, f"written to {NAME}")
    assert names_in(folder) == [NAME]
    assert (folder / NAME).read_bytes() == LETTER
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_same_letter_carried_twice_is_there_once(tmp_path):
    assert {carried(tmp_path).outcome, carried(tmp_path).outcome} == {Outcome.TAKEN}
    assert names_in(tmp_path) == [NAME]


def test_letters_of_one_second_to_one_guest_lie_side_by_side(tmp_path):
    for number in range(3):
        carried(tmp_path, data=as_bytes(a_mail(message_id=f"<{number}@city.example>")))
    assert len(names_in(tmp_path)) == 3


def test_two_carriers_at_once_leave_one_whole_letter(tmp_path):
    threads = [Thread(target=lambda: [carried(tmp_path) for _ in range(20)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names_in(tmp_path) == [NAME]
    assert (tmp_path / NAME).read_bytes() == LETTER


@pytest.mark.parametrize(
    "recipient", ["../../etc/passwd@x.example", "/etc/a@x.example", "a*b&c'd=e/f@x.example"]
)
def test_no_address_leads_out_of_the_folder(tmp_path, recipient):
    folder = tmp_path / "mail"
    delivery = carried(folder, recipient=recipient)
    assert delivery.outcome in {Outcome.TAKEN, Outcome.REFUSED}
    assert names_in(tmp_path) in ([], ["mail"])
    for name in names_in(folder) if folder.exists() else []:
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@._-+")


def test_a_name_is_no_longer_than_a_file_name_may_be():
    recipient = "a" * 200 + "@" + "b" * 45 + ".example"
    assert len(file_name(recipient=recipient, data=LETTER)) <= 255


@pytest.mark.parametrize(
    "data", [b"", b"no headers", b"Date: soon\r\nMessage-ID:\r\n\r\nx", b"Date: \xff\r\n\r\n"]
)
def test_what_is_hardly_a_letter_is_kept_all_the_same(tmp_path, data):
    assert carried(tmp_path, data=data).outcome is Outcome.TAKEN
    (name,) = names_in(tmp_path)
    assert name.startswith("undated-guest@x.example-")
    assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize(
    ("sender", "recipient", "outcome"), [(SENDER, "nobody", "refused"), ("desk", GUEST, "later")]
)
def test_what_is_no_address_is_told_and_nothing_written(tmp_path, sender, recipient, outcome):
    delivery = FileCarrier(tmp_path / "mail").deliver(sender=sender, recipient=recipient, data=LETTER)
    assert delivery.outcome == outcome
    assert "write it like desk@city.example" in delivery.said
    assert names_in(tmp_path) == []


def test_a_folder_that_cannot_be_made_puts_the_letter_off(tmp_path):
    (tmp_path / "file").touch()
    delivery = carried(tmp_path / "file" / "mail")
    assert (delivery.outcome, delivery.can_go_on) == (Outcome.LATER, False)
    assert delivery.said == f"{NAME} cannot be written: Not a directory"


def test_a_letter_that_cannot_be_finished_leaves_nothing_behind(tmp_path):
    (tmp_path / NAME).mkdir()
    delivery = carried(tmp_path)
    assert (delivery.outcome, delivery.said) == (Outcome.LATER, f"{NAME} cannot be written: Is a directory")
    assert os.listdir(tmp_path) == [NAME]  # noqa: PTH208 - hidden files count, too
