"""The academic yardstick: what it reads, what it refuses, and that no faulty tour gets past its check."""

import json
from fractions import Fraction
from pathlib import Path
from shutil import copy

import pytest

from benchmarks.toptw import main, measured
from benchmarks.toptw_check import TourFaulty, check_tours
from benchmarks.toptw_files import FileUnusable, best_known_in, distances, instances_in, problem_of
from scheduler.planner.orienteering.tours import Crew

C101 = Path(__file__).parent / "toptw" / "c101.txt"
# Vertex 1 is 3-4-5 from the depot, vertex 2 twice as far the same way, vertex 3 cannot be reached in time.
TINY = """4 2 3 1
0 200
0 0 0 0 0 0 0 0 100
1 3 4 10 5 1 1 1 0 50
2 6 8 10.5 7 1 2 1 2 40 60
3 90 0 0 9 1 1 1 0 20
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tiny.txt").write_text(TINY)
    return tmp_path


@pytest.fixture
def tiny(folder):
    return instances_in(folder)[0][0]


def test_a_file_is_read_as_it_stands(tiny):
    assert [vertex.number for vertex in tiny.vertices] == [0, 1, 2, 3]
    second = tiny.vertices[2]
    assert (second.duration, second.score, second.opens, second.closes) == (Fraction(21, 2), 7, 40, 60)
    assert problem_of(tiny).service == (0, 100, 105, 0)
    assert problem_of(tiny).travel[0] == (0, 50, 100, 900)


def test_distances_are_rounded_down_to_one_decimal_and_cordeaus_to_two(folder):
    (folder / "PR99.txt").write_text(TINY.replace("3 4 10", "1 1 10"))
    (folder / "one.txt").write_text(TINY.replace("3 4 10", "1 1 10"))
    cordeau, one, _tiny = instances_in(folder)[0]
    assert distances(cordeau)[0][1] == 141
    assert distances(one)[0][1] == 14
    assert instances_in(folder, decimals=3)[0][0].decimals == 3


def test_an_exact_distance_is_not_rounded_down(folder):
    (folder / "tiny.txt").write_text(TINY.replace("1 3 4 10", "1 0.3 0.4 10"))
    assert distances(instances_in(folder)[0][0])[0][1] == 5


def test_what_is_no_instance_is_left_out_and_named(folder):
    (folder / "FORMAT.txt").write_text("*** TOPTW ***\n")
    (folder / "picture.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "best_known.csv").write_text("instance,days,best_known\ntiny,1,12\n")
    instances, others = instances_in(folder)
    assert ([one.name for one in instances], others) == (["tiny"], ["FORMAT.txt", "picture.txt"])
    assert best_known_in(folder) == {("tiny", 1): 12}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        (TINY[: TINY.index("3 90")], "is torn"),
        (TINY.strip()[:-3], "no vertex"),
        (TINY.replace("90 0 0", "ninety 0 0"), "no vertex"),
        (TINY.replace("90 0 0", "nan 0 0"), "no vertex"),
        (TINY.replace("90 0 0", "1e400 0 0"), "no vertex"),
        (TINY.replace("90 0 0", "1e-400 0 0"), "no vertex"),
        (TINY.replace("3 90", "2 90"), "same number"),
        (TINY.replace("0 9 1", "0 -9 1"), "below nothing"),
        ("4 2\n0 200\n", "is torn"),
    ],
)
def test_a_torn_file_is_told(folder, text, told):
    (folder / "tiny.txt").write_text(text)
    with pytest.raises(FileUnusable, match=told):
        instances_in(folder)


@pytest.mark.parametrize("text", ["instance,days\ntiny,1\n", "instance,days,best_known\ntiny,one,2\n"])
def test_a_torn_list_of_best_scores_is_told(folder, text):
    (folder / "best_known.csv").write_text(text)
    with pytest.raises(FileUnusable, match="whole numbers"):
        best_known_in(folder)


@pytest.mark.parametrize(
    ("score", "tours", "told"),
    [
        (12, [[1], [2], []], "3 tours for 2 days"),
        (17, [[1, 2], [1]], "visited twice"),
        (14, [[4]], r"\[4\] cannot be visited"),
        (0, [[0]], r"\[0\] cannot be visited"),
        (12, [[2, 1]], "at vertex 1 at 55.5, after 50.0"),
        (9, [[3]], "at vertex 3 at 90.0, after 20.0"),
        (13, [[1, 2]], "score 12, not 13"),
    ],
)
def test_the_check_refuses_each_kind_of_fault(tiny, score, tours, told):
    check_tours(tiny, days=2, score=12, tours=[[1, 2]])
    check_tours(tiny, days=2, score=12, tours=[[1], [2]])
    with pytest.raises(TourFaulty, match=told):
        check_tours(tiny, days=2, score=score, tours=tours)


def test_the_check_refuses_who_comes_home_late(folder):
    (folder / "tiny.txt").write_text(TINY.replace("0 0 0 0 0 0 0 0 100", "0 0 0 0 0 0 0 0 60.4"))
    tiny = instances_in(folder)[0][0]
    with pytest.raises(TourFaulty, match=r"back at the depot at 60\.5, after 60\.4"):
        check_tours(tiny, days=1, score=7, tours=[[2]])


def test_c101_in_one_day_is_320_within_a_second(tmp_path):
    copy(C101, tmp_path)
    instance = instances_in(tmp_path)[0][0]
    line = measured(Crew(), instance, 1, 320, seconds=1, seed=1)
    assert (line.score, line.gap) == (320, 0)
    assert line.seconds < 1.2


def test_the_command_writes_the_tours_and_tells_no_gap_where_none_is_known(folder, capsys):
    out = folder / "tours.json"
    main([str(folder), "--days", "1,2", "--seconds", "0.2", "--out", str(out), "--processes", "1"])
    assert "no best scores are known" in capsys.readouterr().out
    written = json.loads(out.read_text())
    assert [(line["instance"], line["days"], line["score"]) for line in written] == [
        ("tiny", 1, 12),
        ("tiny", 2, 12),
    ]
    assert sorted(place for tour in written[1]["tours"] for place in tour) == [1, 2]


def test_the_command_tells_each_gap_and_their_average(folder, capsys):
    (folder / "best_known.csv").write_text("instance,days,best_known\ntiny,1,16\n")
    main([str(folder), "--days", "1", "--seconds", "0.2", "--processes", "1"])
    assert "average gap: 25.000 % of 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["nowhere"], "is not a folder"),
        ([], "DIR"),
        ([".", "--seconds", "0"], "above 0"),
        ([".", "--seconds", "-1"], "above 0"),
        ([".", "--seconds", "nan"], "above 0"),
        ([".", "--seconds", "soon"], "above 0"),
        ([".", "--days", "0"], "from 1 to 100"),
        ([".", "--days", "1,x"], "from 1 to 100"),
        ([".", "--seed", "-1"], "from 0 to"),
        ([".", "--out", "nowhere/tours.json"], "cannot be read or written"),
    ],
)
def test_what_cannot_be_asked_is_answered_in_a_sentence(folder, capsys, asked, told):
    with pytest.raises(SystemExit) as ended:
        main([str(folder) if word == "." else word for word in asked])
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_times_too_fine_to_be_counted_are_told(folder, capsys):
    (folder / "tiny.txt").write_text(TINY.replace("0 0 100", "0 0 900000.000001"))
    with pytest.raises(SystemExit) as ended:
        main([str(folder), "--days", "1", "--seconds", "0.2", "--processes", "1"])
    assert ended.value.code == 2
    assert "coarser unit" in capsys.readouterr().err
