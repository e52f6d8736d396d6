"""The review by commands, from the submission to the second revision: results and exit codes."""

import json
import sqlite3
from importlib.resources import files

import pytest
from jsonschema import validate

from app.cli import main
from app.io.project import Project
from app.model.edits import delete_rows, set_values
from tests.review_support import town_changes


@pytest.fixture
def town(tmp_path, monkeypatch):
    """A project with the town and its plan A."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "app.jobs.run", lambda function, *args, report, **more: function(*args, progress=report)
    )
    with Project.create(tmp_path / "p.gpkg", "town") as made:
        made.apply(town_changes())
    return tmp_path


@pytest.fixture
def review(town, capsys):
    """Run a step of the review and return its answer, checked against its schema."""

    def run(step, *words, schema="state", code=0):
        assert main(["review", "p.gpkg", step, *words, "--json"]) == code
        value = json.loads(capsys.readouterr().out)
        if code in (0, 1):
            text = files("resources").joinpath(f"schemas/review-{schema}.json").read_text("utf-8")
            validate(value, json.loads(text))
        return value

    return run


def tamper(path, statement):
    """Change the file as a program does that knows spatial functions and nothing of us."""
    other = sqlite3.connect(path)
    for name in ("IsEmpty", "MinX", "MaxX", "MinY", "MaxY"):
        other.create_function(f"ST_{name}", 1, lambda shape: 0)
    with other:
        other.execute(statement)
    other.close()


def test_a_plan_goes_through_the_review_twice(town, review, capsys):
    first = review("status", "--plan", "A")
    assert (first["state"], first["next"], first["revision"]) == ("draft", ["submit"], None)
    sent = review("submit", "--plan", "A", "--by", "Anna", "--note", "please")
    assert (sent["state"], sent["state_by"], sent["revision"]) == ("submitted", "Anna", 1)
    again = review("submit", "--plan", "A", code=2)
    assert "only begin, approve, reject, withdraw" in again["error"]["message"]
    assert review("begin", "--plan", "A", "--by", "Bruno")["state"] == "underReview"
    for words in (
        ["lock", "p.gpkg", "--plan", "A"],
        ["plan", "p.gpkg", "--name", "A", "--replace"],
        ["phases", "p.gpkg", "--plan", "A", "--budget", "2026=1", "--write"],
    ):
        assert main(words) == 2, words
    capsys.readouterr()
    review("reject", "--plan", "A", "--reason", "too dear", "--by", "Bruno")
    copy = review("reopen", "--plan", "A", "--by", "Anna")
    assert (copy["plan"], copy["state"], copy["next"]) == ("A 2", "draft", ["submit"])
    same = review("diff", "--plan", "A 2", schema="diff")
    assert (same["added"], same["removed"], same["changed"]) == (0, 0, 0)
    with Project.open(town / "p.gpkg") as opened:
        network = opened.read()
        spans = network.table("plan_spans")
        own = spans[(spans["plan"] == copy["plan_uid"]) & (spans["end_node"].notna())]
        opened.apply(delete_rows(network, "plan_spans", [own.index[0]]))
        network = opened.read()
        change = {"items": {"trench.earth": 100.0}, "surface": "earth"}
        opened.apply(set_values(network, "plan_spans", [own.index[1]], change))
    sent = review("submit", "--plan", "A 2", "--by", "Anna")
    assert sent["revision"] == 2
    found = review("diff", "--plan", "A 2", "--from", "1", "--to", "2", schema="diff")
    assert found == review("diff", "--plan", "A 2", schema="diff")
    kinds = sorted((row["kind"], row["table"]) for row in found["rows"])
    assert ("removed", "plan_spans") in kinds
    (changed,) = (row for row in found["rows"] if "surface" in row["fields"])
    assert changed["fields"]["surface"] == {"from": None, "to": "earth"}
    delta = {end: found["to_eur"][end] - found["from_eur"][end] for end in found["to_eur"]}
    assert found["delta_eur"] == pytest.approx(delta)
    lines = sum(line["delta_eur"]["typical"] for line in found["bill"])
    assert lines == pytest.approx(found["delta_eur"]["typical"])
    assert review("approve", "--plan", "A 2", "--by", "Carla")["state"] == "approved"
    rows = review("list", "--plan", "A 2", schema="list")
    assert [(row["number"], row["state"], row["decided_by"]) for row in rows] == [
        (1, "rejected", "Bruno"), (2, "approved", "Carla"),
    ]  # fmt: skip
    assert review("verify", schema="verify")["is_intact"] is True
    assert main(["review", "p.gpkg", "diff", "--plan", "A 2"]) == 0
    assert "delta_eur" in capsys.readouterr().out


def test_the_decision_is_told_of_doubts(review):
    review("submit", "--plan", "A", "--by", "Anna")
    review("comment", "--plan", "A", "--text", "Why?", "--author", "Bruno", schema="comment")
    approved = review("approve", "--plan", "A", "--by", "Anna")
    rules = {finding["rule"] for finding in approved["findings"]}
    assert rules == {"review.open_remarks", "review.same_person"}


def test_two_plans_are_compared(review):
    review("submit", "--plan", "A", "--by", "Anna")
    review("approve", "--plan", "A", "--by", "Bruno")
    review("reopen", "--plan", "A", "--as", "B")
    found = review("diff", "--plan", "A", "--with", "B", schema="diff")
    assert (found["plan"], found["other"], found["rows"]) == ("A", "B", [])
    assert (
        "no revision 7" in review("diff", "--plan", "A", "--from", "7", code=2)["error"]["message"]
    )


def test_a_draft_without_revision_has_nothing_to_compare_with(review):
    assert "no earlier" in review("diff", "--plan", "A", code=2)["error"]["message"]


def test_verify_finds_what_another_program_did(town, review):
    review("submit", "--plan", "A", "--by", "Anna")
    tamper(town / "p.gpkg", "UPDATE plan_spans SET technique = 'aerial' WHERE uid = 'x1'")
    found = review("verify", "--plan", "A", schema="verify", code=1)
    assert [(item["rule"], item["uids"]) for item in found["findings"]] == [
        ("plan.altered", ["x1"])
    ]
    assert review("status", "--plan", "A")["is_as_submitted"] is False
    tamper(town / "p.gpkg", "UPDATE revisions SET content = substr(content, 5)")
    found = review("verify", schema="verify", code=1)
    assert found["is_intact"] is False
    assert [item["rule"] for item in found["findings"]] == ["revision.hash"]
    assert found["revisions"][0]["is_intact"] is False


def test_remarks_are_made_answered_and_closed(review, capsys):
    made = review(
        "comment", "--plan", "A", "--on", "plan_spans:x2", "--text", "Wet here", "--author",
        "Bruno", schema="comment",
    )  # fmt: skip
    assert made["thread"]["object_uid"] == "x2"
    assert made["thread"]["place"]["lon"] == pytest.approx(9.18, abs=0.05)
    place = review("comment", "--at", "9.18,45.46", "--text", "And here", schema="comment")
    assert place["thread"]["plan"] is None
    begin = made["uid"][:8]
    answered = review(
        "reply", begin, "--text", "A duct lies there", "--author", "Anna", schema="comment"
    )
    assert answered["thread"]["state"] == "answered"
    assert [row["body"] for row in answered["thread"]["replies"]] == ["A duct lies there"]
    assert review("close", begin, schema="close")["changed"] is True
    assert review("close", begin, schema="close")["changed"] is False
    rows = review("comments", "--plan", "A", "--state", "closed", schema="comments")
    assert [row["body"] for row in rows] == ["Wet here"]
    assert review("close", begin, "--reopen", schema="close")["state"] == "open"
    assert len(review("comments", schema="comments")) == 2
    for words in (
        ["comment", "--text", " ", "--plan", "A"],
        ["comment", "--text", "x"],
        ["comment", "--text", "x", "--on", "sites:gone"],
        ["comment", "--text", "x", "--on", "gone"],
        ["comment", "--text", "x", "--at", "200,1"],
        ["reply", "nothing", "--text", "x"],
        ["comments", "--state", "odd"],
    ):
        assert review(*words, code=2)["error"]["kind"] == "InputError", words
    assert main(["review", "p.gpkg", "comments"]) == 0
    assert "plan_spans:x2" in capsys.readouterr().out


def test_remarks_come_back_in_files(town, review, capsys):
    review("submit", "--plan", "A", "--by", "Anna")
    (town / "back.csv").write_text(
        "body;object_table;object_uid;author\nToo steep;plan_spans;x3;Carla\nGone;sites;s9;Carla\n"
    )
    found = review(
        "import", "back.csv", "--plan", "A", "--author", "Bruno", schema="import", code=1
    )
    assert len(found["added"]) == 1
    assert [(row["text"], row["row"]) for row in found["rejected"]] == [("Gone", 3)]
    again = review("import", "back.csv", schema="import", code=1)
    assert (again["added"], again["known"]) == ([], 1)
    (row,) = review("comments", "--plan", "A", schema="comments")
    assert (row["author"], row["source"], row["revision"]) == ("Carla", "back.csv", 1)
    assert main(["review", "p.gpkg", "import", "none.gpkg"]) == 3
    assert main(["undo", "p.gpkg"]) == 0
    capsys.readouterr()
    assert review("comments", schema="comments") == []
