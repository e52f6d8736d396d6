"""The review of a plan: every sequence of steps leads where the rules say, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.model.changes import TableChange, combine, delete, insert, update
from app.model.codes import FROZEN_PLAN_STATES
from app.model.duplicates import duplicate_plan, free_plan_name
from app.model.edits import delete_rows, set_values
from app.model.errors import InputError
from app.model.freezing import refuse_frozen, refuse_frozen_plan
from app.model.locks import lock_sections
from app.model.messages import message
from app.model.review import (
    APPROVE,
    BEGIN,
    REJECT,
    STEPS,
    SUBMIT,
    WITHDRAW,
    check_step,
    follow_plan,
    legal_steps,
    submit,
    take_step,
)
from app.model.revisions import build_content, lineage, plan_rows, revisions_of
from app.model.rules import check
from app.model.rules.record import RULES as RECORD
from tests.review_support import PRICE_LIST, WHEN, frame, line, point, span_row, town

LEGAL = {
    "draft": {"submit": "submitted"},
    "submitted": {"begin": "underReview", "approve": "approved", "reject": "rejected",
                  "withdraw": "draft"},
    "underReview": {"approve": "approved", "reject": "rejected", "withdraw": "draft"},
    "approved": {},
    "rejected": {},
}  # fmt: skip
"""What the process allows, written down a second time."""


TOWN = town()


def content(network, plan="plan-a"):
    return build_content(plan_rows(network, plan), [], {"uid": PRICE_LIST, "hash": None})


def apply(network, changes):
    """Apply as the project does: what is frozen is refused."""
    refuse_frozen(changes, network.table("plans"))
    return network.apply(changes)


def step(network, name, plan="plan-a", by="Anna", grounds="because"):
    if name == SUBMIT:
        return apply(network, submit(network, plan, content(network, plan), by, WHEN))
    return apply(network, take_step(network, plan, name, by, WHEN, grounds))


class Process(RuleBasedStateMachine):
    """Any steps and edits in any order, beside a table of what is allowed."""

    @initialize()
    def begin(self):
        self.network = TOWN
        self.state, self.submissions, self.moves = "draft", 0, 0

    @rule(name=st.sampled_from(sorted(STEPS)), by=st.sampled_from(["Anna", "Bruno"]))
    def take(self, name, by):
        wanted = LEGAL[self.state].get(name)
        if wanted is None:
            before = self.network
            with pytest.raises(InputError):
                step(self.network, name, by=by)
            assert self.network is before
            return
        self.network = step(self.network, name, by=by)
        self.state = wanted
        self.submissions += name == SUBMIT
        self.by = by

    @rule(edit=st.sampled_from(["technique", "delete", "insert", "plan", "lock"]))
    def edit(self, edit):
        self.moves += 1
        changes = edit_of(self.network, edit, self.moves)
        if self.state in FROZEN_PLAN_STATES:
            with pytest.raises(InputError):
                apply(self.network, changes())
        else:
            self.network = apply(self.network, changes())

    @rule(color=st.sampled_from(["#0072b2", "#d55e00"]))
    def paint(self, color):
        self.network = apply(
            self.network, set_values(self.network, "plans", ["plan-a"], {"color": color})
        )

    @invariant()
    def holds(self):
        plan = self.network.table("plans").loc["plan-a"]
        assert plan["state"] == self.state
        assert set(legal_steps(self.state)) - {"reopen"} == set(LEGAL[self.state])
        record = self.network.table("revisions")
        assert list(record["number"]) == list(range(1, self.submissions + 1))
        assert sum(record["state"].isin(["submitted", "underReview"])) == (
            self.state in ("submitted", "underReview")
        )
        assert not [finding for rule in RECORD for finding in rule(self.network)]


def edit_of(network, kind, number):
    spans = network.table("plan_spans")
    if kind == "technique":
        technique = "noDig" if spans["technique"].iloc[0] == "trench" else "trench"
        return lambda: set_values(network, "plan_spans", ["x1"], {"technique": technique})
    if kind == "delete":
        doomed = spans[spans.index.isin([f"new{at}" for at in range(number)])]
        if doomed.empty:
            return lambda: set_values(network, "plan_sites", ["ps1"], {"lead_in_m": float(number)})
        return lambda: combine(message("x"), [delete("plan_spans", doomed.iloc[:1])])
    if kind == "insert":
        rows = frame("plan_spans", [span_row(f"new{number}", "n3", "n4")])
        return lambda: combine(message("x"), [insert("plan_spans", rows)])
    if kind == "plan":
        return lambda: set_values(network, "plans", ["plan-a"], {"objective_eur": float(number)})
    is_locked = not bool(spans["locked"].iloc[0])
    return lambda: lock_sections(network, "plan-a", ["x1"], is_locked=is_locked)


class TestProcess(Process.TestCase):
    settings = settings(deadline=None, max_examples=15, stateful_step_count=12)


MOVES = st.one_of(
    st.tuples(st.just("take"), st.sampled_from(sorted(STEPS)), st.sampled_from(["Anna", "Bruno"])),
    st.tuples(st.just("edit"), st.sampled_from(["technique", "delete", "insert", "plan", "lock"])),
    st.tuples(st.just("paint"), st.sampled_from(["#0072b2", "#d55e00"])),
)


@pytest.mark.long
@given(st.lists(MOVES, max_size=25))
@settings(deadline=None, max_examples=1000)
def test_any_sequence_of_steps_and_edits_at_length(moves):
    process = Process()
    process.begin()
    for name, *arguments in moves:
        getattr(process, name)(*arguments)
        process.holds()


def test_an_illegal_step_says_which_are_legal():
    with pytest.raises(InputError) as refused:
        check_step(town(), "plan-a", APPROVE)
    assert "only submit" in str(refused.value)
    assert refused.value.uids == ("plan-a",)


def test_a_rejection_needs_a_reason():
    submitted = step(town(), SUBMIT)
    with pytest.raises(InputError, match="reason"):
        step(submitted, REJECT, grounds="  ")
    rejected = step(submitted, REJECT, by="Bruno", grounds="too dear")
    record = rejected.table("revisions").iloc[0]
    assert (record["state"], record["decided_by"], record["decision"]) == (
        "rejected", "Bruno", "too dear",
    )  # fmt: skip
    plan = rejected.table("plans").loc["plan-a"]
    assert (plan["state"], plan["state_by"], plan["state_since"]) == ("rejected", "Bruno", WHEN)


def test_a_state_is_never_edited_by_hand():
    network = town()
    with pytest.raises(InputError, match="by a step of the review"):
        apply(network, set_values(network, "plans", ["plan-a"], {"state": "approved"}))
    submitted = step(network, SUBMIT)
    with pytest.raises(InputError, match="by a step of the review"):
        apply(submitted, set_values(submitted, "plans", ["plan-a"], {"state": "draft"}))


def test_a_record_never_changes():
    submitted = step(town(), SUBMIT)
    rows = submitted.table("revisions")
    for values in ({"content": "x"}, {"content_hash": "0"}, {"submitted_by": "X"}, {"plan": None}):
        with pytest.raises(InputError, match="record"):
            apply(submitted, combine(message("x"), [update("revisions", rows, values)]))
    with pytest.raises(InputError, match="record"):
        apply(submitted, combine(message("x"), [delete("revisions", rows)]))


def test_the_network_may_go_on_but_not_under_a_frozen_plan():
    """Deleting what a frozen plan refers to would change the plan: refused, with its name."""
    submitted = step(town(), SUBMIT)
    with pytest.raises(InputError, match="“A”"):
        apply(submitted, delete_rows(submitted, "sites", ["s1"]))
    hub = frame("nodes", [{"uid": "hub2", "type": "hub", "geometry": point(9, 9)}])
    assert len(apply(submitted, combine(message("x"), [insert("nodes", hub)])).table("nodes")) == 2


def test_an_update_that_changes_nothing_passes():
    submitted = step(town(), SUBMIT)
    rows = submitted.table("plan_spans")
    same = TableChange("plan_spans", rows, rows.copy())
    apply(submitted, combine(message("x"), [same]))
    moved = update("plan_spans", rows.loc[["x1"]], {}, geometry=[line((0, 0), (100, 1))])
    with pytest.raises(InputError):
        apply(submitted, combine(message("x"), [moved]))


def test_what_another_program_changed_is_found_and_not_approved():
    reviewed = step(step(town(), SUBMIT), BEGIN)
    rows = reviewed.table("plan_spans").loc[["x2"]]
    tampered = reviewed.apply(
        combine(message("x"), [update("plan_spans", rows, {"surface": "stone"})])
    )
    (finding,) = [item for item in check(tampered) if item.rule == "plan.altered"]
    assert (finding.table, finding.uids) == ("plan_spans", ("x2",))
    with pytest.raises(InputError, match="not what was submitted"):
        step(tampered, APPROVE)
    assert step(reviewed, APPROVE).table("plans").at["plan-a", "state"] == "approved"
    assert step(tampered, WITHDRAW).table("plans").at["plan-a", "state"] == "draft"


def test_a_copy_is_a_draft_with_rows_of_its_own():
    rejected = step(step(town(), SUBMIT), REJECT)
    name = free_plan_name(rejected, "A")
    assert name == "A 2"
    copied = apply(rejected, duplicate_plan(rejected, "plan-a", name, WHEN, "Carla"))
    (uid,) = set(copied.table("plans").index) - {"plan-a"}
    plan = copied.table("plans").loc[uid]
    assert (plan["state"], plan["based_on"], plan["author"]) == ("draft", "plan-a", "Carla")
    spans = copied.table("plan_spans")
    own = spans[spans["plan"] == uid]
    nodes = copied.table("plan_nodes")
    assert set(own["start_node"]) <= set(nodes.index[nodes["plan"] == uid])
    sites = copied.table("plan_sites")
    for members in sites.loc[sites["plan"] == uid, "spans"]:
        assert set(members) <= set(own.index)
    assert not [item for item in check(copied) if item.rule == "reference.missing"]
    again = step(copied, SUBMIT, plan=uid)
    assert list(revisions_of(again, uid)["number"]) == [1, 2]
    assert lineage(again, uid) == (uid, "plan-a")
    assert free_plan_name(copied, "A 2") == "A 3"
    with pytest.raises(InputError, match="exists already"):
        duplicate_plan(copied, "plan-a", "A 2", WHEN)


def test_the_record_follows_a_plan_that_is_computed_again():
    withdrawn = step(step(town(), SUBMIT), WITHDRAW)
    new = frame("plans", [{"uid": "plan-b", "name": "A"}])
    replaced = TableChange("plans", withdrawn.table("plans"), new)
    parts = [replaced, *follow_plan(withdrawn, {"plan-a"}, "plan-b")]
    after = apply(withdrawn, combine(message("x"), parts))
    assert list(after.table("revisions")["plan"]) == ["plan-b"]
    assert follow_plan(withdrawn, {"plan-a"}, "plan-a") == []


def test_a_deleted_plan_leaves_its_record():
    withdrawn = step(step(town(), SUBMIT), WITHDRAW)
    after = apply(withdrawn, delete_rows(withdrawn, "plans", ["plan-a"]))
    record = after.table("revisions")
    assert record["plan"].tolist() == [None]
    assert record["plan_name"].tolist() == ["A"]


def test_edits_that_take_long_are_refused_before_they_begin():
    submitted = step(town(), SUBMIT)
    with pytest.raises(InputError, match="“Submitted”"):
        refuse_frozen_plan(submitted, "plan-a")
    with pytest.raises(InputError):
        lock_sections(submitted, "plan-a")
