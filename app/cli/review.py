"""The command ``review PROJECT STEP``: hand a plan in, decide, compare, remark, take back in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from app import workflows
from app.cli.arguments import require
from app.cli.console import (
    ProgressBar,
    euro_range,
    print_findings,
    print_json,
    print_pairs,
    print_table,
)
from app.cli.options import AsJson, PlanOption, ProjectPath
from app.cli.shown import has_grave
from app.io.project import Project, user_name
from app.model.changes import ChangeSet
from app.model.codes import COMMENT_STATES
from app.model.study import Result

app = typer.Typer()
review = typer.Typer(no_args_is_help=True)
app.add_typer(review, name="review")

By = Annotated[str | None, typer.Option("--by", help="Who does it; default the system's user.")]
SomePlan = Annotated[str | None, typer.Option("--plan", help="Name of the plan; default all.")]
Author = Annotated[
    str | None, typer.Option("--author", help="Who writes; default the system's user.")
]
Text = Annotated[str, typer.Option("--text", help="What is said.")]
Remark = Annotated[str, typer.Argument(metavar="REMARK", help="Uid of a remark, or its beginning.")]

_DIFFERENCES = ("kind", "table", "name", "fields", "delta_typical_eur", "uid")
_LINES = ("code", "kind", "unit", "from_quantity", "to_quantity", "delta")
_REVISIONS = (
    "number", "state", "submitted", "submitted_by", "decided", "decided_by", "decision",
    "typical_eur", "is_intact", "plan_name",
)  # fmt: skip
_REMARKS = ("uid", "state", "author", "created", "about", "body", "replies")


@review.callback()
def _review(context: typer.Context, project: ProjectPath) -> None:
    """Review a plan: submit, begin, approve, reject, compare revisions, exchange remarks."""
    context.obj = project


@review.command()
def submit(
    context: typer.Context,
    plan: PlanOption,
    by: By = None,
    note: Annotated[str | None, typer.Option("--note", help="What to say about it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Hand a plan in: it is frozen, and what it says is kept as a revision with its hash."""
    with Project.open(context.obj) as opened:
        result = workflows.submit_plan(opened.read(), plan, _who(by), note)
        _apply(opened, result.changes, by)
    _tell_state(result, as_json)


@review.command()
def begin(context: typer.Context, plan: PlanOption, by: By = None, as_json: AsJson = False) -> None:
    """Take a submitted plan under review."""
    _step(context.obj, plan, "begin", by, None, as_json)


@review.command()
def approve(
    context: typer.Context,
    plan: PlanOption,
    by: By = None,
    note: Annotated[str | None, typer.Option("--note", help="Conditions, grounds.")] = None,
    as_json: AsJson = False,
) -> None:
    """Approve a plan, if it is still what was submitted."""
    _step(context.obj, plan, "approve", by, note, as_json)


@review.command()
def reject(
    context: typer.Context,
    plan: PlanOption,
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Reject a plan; it is gone on with as a copy (reopen)."""
    _step(context.obj, plan, "reject", by, reason, as_json)


@review.command()
def withdraw(
    context: typer.Context,
    plan: PlanOption,
    by: By = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take a plan back before it is decided: it is a draft again, its revision stays."""
    _step(context.obj, plan, "withdraw", by, reason, as_json)


@review.command()
def reopen(
    context: typer.Context,
    plan: PlanOption,
    name: Annotated[str | None, typer.Option("--as", help="Name of the new draft.")] = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Go on with a rejected or approved plan as a new draft."""
    with Project.open(context.obj) as opened:
        result = workflows.reopen_plan(opened.read(), plan, _who(by), name)
        _apply(opened, result.changes, by)
    _tell_state(result, as_json)


@review.command()
def status(context: typer.Context, plan: PlanOption, as_json: AsJson = False) -> None:
    """Tell where a plan stands and what may be done with it."""
    with Project.open(context.obj, read_only=True) as opened:
        facts = workflows.plan_status(opened.read(), plan)
    _tell_state(Result(facts), as_json)


@review.command(name="list")
def list_revisions(context: typer.Context, plan: SomePlan = None, as_json: AsJson = False) -> None:
    """List the revisions: who submitted and decided what, and when."""
    with Project.open(context.obj, read_only=True) as opened:
        rows = workflows.revision_list(opened.read(), plan)
    if as_json:
        print_json(rows)
    else:
        print_table(rows, _REVISIONS)


@review.command()
def diff(
    context: typer.Context,
    plan: PlanOption,
    first: Annotated[
        str | None, typer.Option("--from", help="Number of a revision, or “now”.")
    ] = None,
    second: Annotated[
        str | None, typer.Option("--to", help="Number of a revision, or “now”.")
    ] = None,
    other: Annotated[str | None, typer.Option("--with", help="Another plan to compare.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what differs between two revisions, or a revision and the plan as it is."""
    with Project.open(context.obj, read_only=True) as opened:
        result = workflows.revision_difference(opened.read(), plan, first, second, other)
    found = result.summary
    if as_json:
        print_json({**found, "findings": [item.to_json() for item in result.findings]})
        return
    rows = [{**row, "fields": ", ".join(row["fields"])} for row in found["rows"]]
    print_table(rows, _DIFFERENCES)
    lines = [{**line, "delta": euro_range(line["delta_eur"])} for line in found["bill"]]
    print_table(lines, _LINES)
    keys = ("plan", "other", "from", "to", "added", "removed", "changed")
    money = {key: euro_range(found[key]) for key in ("from_eur", "to_eur", "delta_eur")}
    print_pairs({**{key: found[key] for key in keys}, **money})
    print_findings(result.findings)


@review.command()
def verify(context: typer.Context, plan: SomePlan = None, as_json: AsJson = False) -> None:
    """Take the hashes anew and tell what is not as it was submitted."""
    with Project.open(context.obj, read_only=True) as opened:
        result = workflows.verify_revisions(opened.read(), plan)
    if as_json:
        print_json({**result.summary, "findings": [item.to_json() for item in result.findings]})
    else:
        columns = ("plan_name", "number", "state", "is_intact", "content_hash")
        print_table(result.summary["revisions"], columns)
        print_findings(result.findings)
    raise typer.Exit(int(bool(result.findings)))


@review.command()
def comment(
    context: typer.Context,
    text: Text,
    plan: Annotated[str | None, typer.Option("--plan", help="Name of the plan.")] = None,
    about: Annotated[
        str | None, typer.Option("--on", help="TABLE:UID of the object; default the plan.")
    ] = None,
    lonlat: Annotated[str | None, typer.Option("--at", help="LON,LAT of the place.")] = None,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Remark on an object, a place or a plan."""
    with Project.open(context.obj) as opened:
        network = opened.read()
        changes = workflows.make_remark(
            network, text, _who(author), plan=plan, about=about, lonlat=lonlat
        )
        _apply(opened, changes, author)
    _tell_remark(network, changes, as_json)


@review.command()
def reply(
    context: typer.Context,
    remark: Remark,
    text: Text,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Answer a remark."""
    with Project.open(context.obj) as opened:
        network = opened.read()
        changes = workflows.answer_remark(network, remark, text, _who(author))
        _apply(opened, changes, author)
    _tell_remark(network, changes, as_json)


@review.command()
def close(
    context: typer.Context,
    remark: Remark,
    is_reopening: Annotated[bool, typer.Option("--reopen", help="Open it again.")] = False,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Close a thread of remarks, or open it again."""
    with Project.open(context.obj) as opened:
        network = opened.read()
        uid = workflows.find_remark(network, remark)
        changes = workflows.close_remark(network, uid, is_closed=not is_reopening)
        _apply(opened, changes, by)
    state = "open" if is_reopening else "closed"
    facts = {"uid": uid, "state": state, "changed": not changes.is_empty}
    print_json(facts) if as_json else print_pairs(facts)


@review.command()
def comments(
    context: typer.Context,
    plan: SomePlan = None,
    state: Annotated[
        list[str] | None,
        typer.Option("--state", help=f"Only these: {', '.join(COMMENT_STATES)}. Repeatable."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List remarks with their answers, the newest first."""
    for item in state or ():
        require(item, COMMENT_STATES, "--state")
    with Project.open(context.obj, read_only=True) as opened:
        rows = workflows.remark_list(opened.read(), plan, tuple(state or ()))
    if as_json:
        print_json(rows)
        return
    shown = [{**row, "about": _about(row), "replies": len(row["replies"])} for row in rows]
    print_table(shown, _REMARKS)


@review.command(name="import")
def import_remarks(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GeoPackage, XLSX, or other.")],
    plan: SomePlan = None,
    layer: Annotated[str | None, typer.Option("--layer", help="Layer to read.")] = None,
    author: Annotated[
        str | None, typer.Option("--author", help="Who wrote what names nobody.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in the remarks that came back in an exported file; twice adds nothing."""
    with Project.open(context.obj) as opened, ProgressBar(f"Import {file.name}") as bar:
        found = workflows.import_remarks(
            opened.read(), opened.path, file, _who(author), plan, layer, bar
        )
        _apply(opened, found.changes, author)
    rejected = [
        {"uid": row.uid, "reason": str(row.reason), "where": row.where, "row": row.row,
         "text": row.text}
        for row in found.rejected
    ]  # fmt: skip
    if as_json:
        print_json(
            {
                "added": found.added, "updated": found.updated, "known": found.known,
                "rejected": rejected, "findings": [item.to_json() for item in found.conflicts],
            }
        )  # fmt: skip
    else:
        print_pairs(
            {"added": len(found.added), "updated": len(found.updated), "known": found.known}
        )
        print_table(rejected, ("where", "row", "reason", "text")) if rejected else None
        print_findings(found.conflicts)
    raise typer.Exit(int(bool(rejected) or has_grave(found.conflicts)))


def _who(name: str | None) -> str:
    return name or user_name()


def _apply(opened: Project, changes: ChangeSet | None, who: str | None) -> None:
    if changes is not None and not changes.is_empty:
        opened.apply(changes, who)


def _step(
    project: Path, plan: str, step: str, by: str | None, grounds: str | None, as_json: bool
) -> None:
    with Project.open(project) as opened:
        result = workflows.take_review_step(opened.read(), plan, step, _who(by), grounds)
        _apply(opened, result.changes, by)
    _tell_state(result, as_json)


def _tell_state(result: Result, as_json: bool) -> None:
    if as_json:
        print_json({**result.summary, "findings": [item.to_json() for item in result.findings]})
        return
    facts: dict[str, Any] = dict(result.summary)
    counts = facts.pop("comments")
    facts |= {f"comments_{state}": count for state, count in counts.items()}
    print_pairs(facts)
    print_findings(result.findings)


def _tell_remark(network: Any, changes: ChangeSet, as_json: bool) -> None:
    after = network.apply(changes)
    uid = str(changes.tables[0].inserted[0])
    thread = workflows.find_remark(after, uid)
    facts = next(row for row in workflows.remark_list(after) if row["uid"] == thread)
    if as_json:
        print_json({"uid": uid, "thread": facts})
    else:
        print_pairs({"uid": uid, "about": _about(facts), "state": facts["state"]})


def _about(row: Mapping[str, Any]) -> str:
    if row["object_table"]:
        return f"{row['object_table']}:{row['object_uid']}"
    place = row["place"]
    return "-" if place is None else f"{place['lon']:.6f},{place['lat']:.6f}"
