"""Reading of SNDlib's native format, as it is written and as it is found."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.sndlib import read_sndlib  # noqa: E402
from benchmarks.steinlib import UnreadableError  # noqa: E402

NETWORK = """?SNDlib native format; type: network; version: 1.0
# network trial (with brackets)
NODES (
  A ( 1.0 2.0 )
  B ( 2.0 3.0 )
  C ( 5.0 3.0 )
)
LINKS (
  L1 ( A B ) 7.00 0.00 3.00 10.00 ( 40.00 5.00 160.00 9.00 )
  L2 ( B C ) 0.00 0.00 0.00 20.00 ( )
  L3 ( C A ) 0.00 0.00 0.00 30.50 ( 40.00 0.25 )
)
DEMANDS (
  D1 ( A B ) 1 10.00 UNLIMITED
)
"""


@pytest.fixture
def network(tmp_path):
    def write(text=NETWORK):
        path = tmp_path / "trial.txt"
        path.write_bytes(text.encode())
        return path

    return write


def costs(case):
    return [cost / case.factor for cost in case.graph.cost.tolist()]


def test_a_link_costs_its_setup_and_its_first_module(network):
    case = read_sndlib(network())
    assert (case.nodes, case.links) == (["A", "B", "C"], ["L1", "L2", "L3"])
    assert costs(case) == [15.0, 20.0, 30.75]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("  ", "\t").replace(" (", "("),
        lambda text: text.replace("NODES (", "nodes\n\n(").replace("LINKS (", " Links  ("),
        lambda text: text.replace("( A B ) 7.00", "(\n A\n B )\n 7.00"),
        lambda text: text.replace("9.00 )", "9.00 ) # the (first) link"),
        lambda text: text.replace(" ( 40.00 5.00 160.00 9.00 )\n", " ( 40 5 )"),
        lambda text: text.replace(" ( )", ""),
        lambda text: "\ufeff" + text,
    ],
)
def test_spaces_breaks_and_comments_change_nothing(network, change):
    case = read_sndlib(network(change(NETWORK)))
    assert (case.nodes, costs(case)) == (["A", "B", "C"], [15.0, 20.0, 30.75])


def test_numbers_may_name_links_and_nodes(network):
    text = NETWORK.replace(" ( )", "").replace("L3", "3").replace("C", "7")
    assert read_sndlib(network(text)).links == ["L1", "L2", "3"]


def test_the_cheapest_of_parallel_and_opposite_links_counts_and_loops_do_not(network):
    more = "LINKS (\n  P ( B A ) 0 0 0 1 ( )\n  Q ( B B ) 0 0 0 1 ( )\n"
    case = read_sndlib(network(NETWORK.replace("LINKS (\n", more)))
    assert case.links == ["P", "L2", "L3"]
    assert costs(case) == [1.0, 20.0, 30.75]


def test_what_the_ending_says_does_not_matter_for_packed_files(tmp_path):
    path = tmp_path / "trial.native"
    path.write_bytes(gzip.compress(NETWORK.encode()))
    assert read_sndlib(path).name == "trial"


def test_long_fractions_are_rounded(network):
    case = read_sndlib(network(NETWORK.replace("30.50", "10000000.1234567890123")))
    assert costs(case)[2] == pytest.approx(10000000.373457, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: "", "it has no nodes"),
        (lambda text: "<?xml version='1.0'?><network/>", "it has no nodes"),
        (lambda text: text.replace("20.00", "-20.00"), "negative costs"),
        (lambda text: text.replace("20.00", "inf"), "link L2 costs inf"),
        (lambda text: text.replace("( B C )", "( B )"), "link L2 does not name its two ends"),
        (lambda text: text[: text.index("30.50")], "LINKS has no end"),
        (lambda text: text.replace("30.50 ( 40.00 0.25 )", ""), "link L3 has fewer than 4"),
    ],
)
def test_broken_files_are_refused_with_the_reason(network, change, reason):
    with pytest.raises(UnreadableError, match=reason):
        read_sndlib(network(change(NETWORK)))


def test_the_program_goes_on_after_a_broken_file(network, tmp_path):
    packed = tmp_path / "cut.txt.gz"
    packed.write_bytes(gzip.compress(NETWORK.encode())[:40])
    command = [sys.executable, "benchmarks/survivable.py", tmp_path / "none.txt", packed, network()]
    done = subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, check=False)
    rows = json.loads(done.stdout)
    assert done.returncode == 3
    assert ["error" in row for row in rows] == [True, True, False]
    assert (rows[2]["cost"], rows[2]["verified"]) == (65.75, True)
