import gzip
import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.planning.arrays import build_graph
from app.planning.prize import solve, solve_unrooted

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.checks import are_apart, is_prize_tree, replayed_prize_bound  # noqa: E402
from benchmarks.steinlib import UnreadableError, read_stp  # noqa: E402

GRAPH = """33D32945 STP File, STP Format Version 1.0

SECTION Comments
Name "a trial"
Creator "T. Root A 1"
Problem "{kind}"
END

Section Graph
Nodes 4
Edges 4
E 1 2 {cost}
E\t2\t3\t2.000000
E 3 4 3
E 1 4 4
END

SECTION Terminals
Terminals 2
{terminals}
END

SECTION Coordinates
DD 1 2 3
END
EOF
"""


@pytest.fixture
def stp(tmp_path):
    def write(terminals="T 1\nT 3", cost="1", kind="Steiner Tree Problem in Graphs"):
        path = tmp_path / "trial.stp"
        path.write_text(GRAPH.format(terminals=terminals, cost=cost, kind=kind))
        return path

    return write


def test_a_classic_file_has_terminals_and_no_prizes(stp):
    instance = read_stp(stp())
    assert (instance.name, instance.graph.node_count, instance.factor) == ("trial", 4, 1)
    assert instance.graph.cost.tolist() == [1, 2, 3, 4]
    assert instance.terminals == [0, 2]
    assert instance.prizes is None
    assert instance.root is None


def test_a_root_and_prizes_are_read_from_a_compressed_file(stp, tmp_path):
    text = stp("RootP 2\nTP 1\t\t2.5\nTP 3 0.125000").read_bytes()
    path = tmp_path / "packed.stp.gz"
    path.write_bytes(gzip.compress(text))
    instance = read_stp(path)
    assert instance.name == "packed"
    assert instance.root == 1
    assert instance.factor == 1000
    assert instance.prizes.tolist() == [2500, 0, 125, 0]
    assert instance.graph.cost.tolist() == [1000, 2000, 3000, 4000]


def test_prizes_without_a_root_leave_the_place_of_the_tree_open(stp):
    instance = read_stp(stp("TP 1 5\nTP 3 6", kind="Prize-Collecting Steiner Problem in Graphs"))
    assert instance.root is None
    assert instance.prizes.tolist() == [5, 0, 6, 0]


def test_costs_too_large_for_six_places_keep_fewer(stp):
    instance = read_stp(stp(cost="300000000000.123456"))
    assert instance.factor == 100_000
    assert instance.graph.cost[0] == 30_000_000_000_012_346


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "Maximum Node Weight Connected Subgraph"}, "node weights"),
        ({"kind": "Degree Constrained Steiner Tree"}, "degree"),
        ({"terminals": "T 1 -2.5\nT 3 4"}, "node weights"),
        ({"terminals": "TP 1 -2.5"}, "negative prizes"),
        ({"terminals": "T 1\nEND\nSECTION MaximumDegrees\nMD 3"}, "degree"),
        ({"terminals": "T 9"}, "does not have"),
        ({"terminals": ""}, "no terminals"),
        ({"cost": "-3"}, "negative costs"),
        ({"cost": "dear"}, "cannot be read"),
    ],
)
def test_other_problems_and_broken_files_are_refused_with_a_reason(stp, changes, reason):
    with pytest.raises(UnreadableError, match=f"trial.stp: .*{reason}"):
        read_stp(stp(**changes))


def test_directed_arcs_are_refused(stp):
    path = stp()
    path.write_text(path.read_text().replace("E 3 4 3", "A 3 4 3"))
    with pytest.raises(UnreadableError, match="directed arcs"):
        read_stp(path)


@pytest.fixture
def problem():
    random = np.random.default_rng(4)
    graph = build_graph(
        30, random.integers(0, 30, 70), random.integers(0, 30, 70), random.integers(1, 50, 70)
    )
    return graph, np.where(random.random(30) < 0.5, random.integers(1, 60, 30), 0)


def test_bounds_of_prize_problems_can_be_replayed(problem):
    graph, prizes = problem
    solution = solve(graph, prizes, 0, required=[7])
    replayed = replayed_prize_bound(graph, prizes, [0, 7], solution.proof)
    assert 0 < replayed == solution.proof.bound <= solution.lower_bound
    free = solve_unrooted(graph, prizes)
    assert 0 < replayed_prize_bound(graph, prizes, [], free.proof) == free.proof.bound


def test_a_forged_bound_is_found_out(problem):
    graph, prizes = problem
    proof = solve(graph, prizes, 0).proof
    steps = proof.steps.copy()
    steps[-1, 1] += 1
    assert replayed_prize_bound(graph, prizes, [0], replace(proof, steps=steps)) == 0
    assert replayed_prize_bound(graph, prizes - 1, [0], proof) == 0
    assert replayed_prize_bound(graph, prizes, [1], proof) == 0


def test_a_forged_answer_is_found_out(problem):
    graph, prizes = problem
    solution = solve(graph, prizes, 0)
    assert is_prize_tree(graph, prizes, 0, [0], solution)
    assert not is_prize_tree(graph, prizes, 0, [0], replace(solution, cost=solution.cost - 1))
    assert not is_prize_tree(graph, prizes, 0, [0], replace(solution, edges=solution.edges[1:]))
    outside = int(solution.left_out[0])
    assert not is_prize_tree(graph, prizes, 0, [0, outside], solution)


def test_the_benchmark_prints_one_row_for_each_file(stp, tmp_path):
    broken = tmp_path / "broken.stp"
    broken.write_text("SECTION Graph\nNodes x\n")
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "steiner.py", stp(), broken, "--json", "--peers"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    good, bad = json.loads(done.stdout)
    assert (good["cost"], good["lower_bound"], good["gap"]) == (3, 3, 0)
    assert good["verified"] and good["bound_verified"]
    assert good["networkx_cost"] == 3
    has_pcst = importlib.util.find_spec("pcst_fast") is not None
    assert has_pcst or "pcst_fast" in good["pcst_fast_skipped"]
    assert bad["instance"] == "broken.stp" and "cannot be read" in bad["error"]


def test_comments_behind_lines_and_packed_files_without_the_ending_are_read(stp, tmp_path):
    text = stp().read_text().replace("E 3 4 3", "# a street\nE 3 4 3  # paved")
    path = tmp_path / "packed.stp"
    path.write_bytes(gzip.compress(text.replace("T 3", "T 3 # school").encode()))
    instance = read_stp(path)
    assert (instance.graph.edge_count, instance.terminals) == (4, [0, 2])


def test_a_broken_figure_is_told_with_its_line(stp):
    with pytest.raises(UnreadableError, match="line 12 cannot be read"):
        read_stp(stp(cost="1,5"))


@pytest.mark.parametrize("terminals", ["T 1\nT 5", "Root 1\nTP 3 2\nT 5"])
def test_terminals_out_of_reach_are_told_and_nothing_is_claimed(stp, terminals):
    path = stp(terminals)
    path.write_text(path.read_text().replace("Nodes 4", "Nodes 5"))
    command = [sys.executable, "benchmarks/steiner.py", path, "--peers", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    [row] = json.loads(done.stdout)
    assert (row["infeasible"], row["unreached"]) == (True, [5])
    assert (row["cost"], row["lower_bound"], row["gap"]) == (None, None, None)
    assert row["verified"]


def test_a_terminal_wrongly_said_to_be_out_of_reach_is_found_out():
    graph = build_graph(4, [0, 1], [1, 2], [1, 1])
    assert are_apart(graph, [0, 2, 3], [3])
    assert not are_apart(graph, [0, 2, 3], [2, 3])
