"""The command ``network PROJECT EDIT``: one sub-command for each edit of the built network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from app import workflows
from app.cli.arguments import pairs, require
from app.cli.options import AsJson, ProjectPath
from app.cli.shown import print_facts
from app.io.project import Project
from app.model.changes import ChangeSet
from app.model.geodesy import to_lonlat
from app.model.network import Network
from app.model.tables import TABLES

app = typer.Typer()
editing = typer.Typer(no_args_is_help=True)
app.add_typer(editing, name="network")

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, change nothing.")]
SpanName = Annotated[str, typer.Argument(metavar="SPAN", help="Uid or name of a span.")]
NodeName = Annotated[str, typer.Argument(metavar="NODE", help="Uid or name of a node.")]
_POINTS = tuple(name for name, table in TABLES.items() if table.geometry == "POINT")


@editing.callback()
def _network(context: typer.Context, project: ProjectPath) -> None:
    """Edit the built network; each command is one step that undo takes back."""
    context.obj = project


@editing.command()
def split(
    context: typer.Context,
    span: SpanName,
    at: Annotated[str | None, typer.Option("--at", metavar="LON,LAT", help="Near here.")] = None,
    fraction: Annotated[
        float | None, typer.Option("--fraction", min=0, max=1, help="At a share of the length.")
    ] = None,
    is_dry: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Split a span with a new node; cables, risk groups and lengths follow."""
    _edit(
        context.obj, lambda network: workflows.split_span(network, span, at, fraction),
        is_dry, as_json,
    )  # fmt: skip


@editing.command()
def join(
    context: typer.Context,
    first: SpanName,
    second: SpanName,
    is_dry: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make one span of two that meet at a node of no other span; the first keeps its uid."""
    _edit(
        context.obj, lambda network: workflows.join_two_spans(network, first, second),
        is_dry, as_json,
    )  # fmt: skip


@editing.command()
def reverse(
    context: typer.Context,
    spans: Annotated[list[str], typer.Argument(metavar="SPAN...", help="Uids or names.")],
    is_dry: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Turn spans round: start becomes end."""
    _edit(context.obj, lambda network: workflows.turn_spans(network, spans), is_dry, as_json)


@editing.command("merge-nodes")
def merge_nodes(
    context: typer.Context,
    kept: NodeName,
    gone: NodeName,
    drops_between: Annotated[
        bool, typer.Option("--drop-between", help="Delete spans that run between the two.")
    ] = False,
    is_dry: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make one node of two: the first stays, all that names the second names it."""

    def make(network: Network) -> ChangeSet:
        return workflows.merge_two_nodes(network, kept, gone, drops_between=drops_between)

    _edit(context.obj, make, is_dry, as_json)


@editing.command()
def move(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="OBJECT", help="Uid or name.")],
    to: Annotated[str, typer.Option("--to", metavar="LON,LAT", help="The new place.")],
    table: Annotated[
        str, typer.Option("--table", help=f"Table of the object: {', '.join(_POINTS)}.")
    ] = "nodes",
    is_dry: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Move a node, and the ends of its spans with it, or another point."""
    require(table, _POINTS, "--table")
    _edit(context.obj, lambda network: workflows.move_to(network, table, name, to), is_dry, as_json)


@editing.command()
def delete(
    context: typer.Context,
    table: Annotated[str, typer.Argument(metavar="TABLE", help="nodes, spans, sites ...")],
    names: Annotated[list[str], typer.Argument(metavar="OBJECT...", help="Uids or names.")],
    bare_nodes: Annotated[
        bool, typer.Option("--bare-nodes", help="Also nodes that lose their last span.")
    ] = False,
    is_dry: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Delete objects with what depends on them; --dry-run says what would go."""
    require(table, tuple(TABLES), "TABLE")

    def make(network: Network) -> ChangeSet:
        return workflows.deletion(network, table, names, with_bare_nodes=bare_nodes).changes

    _edit(context.obj, make, is_dry, as_json)


@editing.command()
def tie(
    context: typer.Context,
    tolerance_m: Annotated[
        float, typer.Option("--within", min=0.001, max=1000, help="Largest gap, in m.")
    ] = 1.0,
    is_dry: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Tie loose ends of spans to the nodes and spans that they nearly touch."""
    _edit(
        context.obj, lambda network: workflows.tie_loose_ends(network, tolerance_m),
        is_dry, as_json,
    )  # fmt: skip


@editing.command()
def trace(
    context: typer.Context,
    begin: Annotated[str, typer.Option("--from", help="LON,LAT or a node.")],
    end: Annotated[str, typer.Option("--to", help="LON,LAT or a node.")],
    via: Annotated[
        list[str] | None, typer.Option("--via", help="LON,LAT or a node to pass. Repeatable.")
    ] = None,
    is_added: Annotated[bool, typer.Option("--add", help="Draw the way as a span.")] = False,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", help="COLUMN=VALUE of the new span. Repeatable."),
    ] = None,
    reach_m: Annotated[
        float, typer.Option("--reach", min=1, help="Streets within so many m of the places.")
    ] = 100.0,
    snap_m: Annotated[
        float, typer.Option("--snap", min=0, help="Begin and end at nodes and spans within, in m.")
    ] = 5.0,
    as_json: AsJson = False,
) -> None:
    """Follow the streets from place to place the shortest way."""
    values: dict[str, Any] = dict(pairs(given, "--set"))
    for name, value in values.items():
        column = next((item for item in TABLES["spans"].columns if item.name == name), None)
        require(name, TABLES["spans"].column_names, "--set")
        if column is not None and column.choices:
            require(value, column.choices, f"--set {name}")
    with Project.open(context.obj, read_only=not is_added) as opened:
        network = opened.read()
        facts, changes = workflows.traced_span(
            network, (begin, *(via or ()), end), values, reach_m, snap_m
        )
        committed = opened.apply(changes) if is_added else None
    xy = facts.pop("xy")
    lon, lat = to_lonlat(xy[:, 0], xy[:, 1], network.crs)
    shown = {**facts, "stored": is_added, "span": _drawn(committed)}
    if as_json:
        line = np.round(np.column_stack((lon, lat)), 7).tolist()
        shown["geometry"] = {"type": "LineString", "coordinates": line}
    print_facts(shown, as_json)


def _drawn(committed: ChangeSet | None) -> str | None:
    """Return the span that a drawing made last."""
    if committed is None:
        return None
    spans = next(change for change in committed.tables if change.table == "spans")
    return str(spans.inserted[-1])


def _edit(path: Path, make: Callable[[Network], ChangeSet], is_dry: bool, as_json: bool) -> None:
    """Make one edit and tell what it changed."""
    with Project.open(path, read_only=is_dry) as opened:
        changes = make(opened.read())
        if not is_dry and not changes.is_empty:
            changes = opened.apply(changes)
    told: dict[str, Any] = {
        "edit": str(changes.label), "stored": not is_dry and not changes.is_empty,
    }  # fmt: skip
    for kind in ("inserted", "updated", "deleted"):
        uids: Mapping[str, Sequence[str]] = {
            change.table: [str(uid) for uid in getattr(change, kind)] for change in changes.tables
        }
        told[kind] = {table: found for table, found in uids.items() if found}
    if not as_json:
        for kind in ("inserted", "updated", "deleted"):
            told[kind] = ", ".join(f"{len(uids)} {table}" for table, uids in told[kind].items())
    print_facts(told, as_json)
