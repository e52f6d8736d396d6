"""The benchmark reads network files as they come, and says what makes one infeasible."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NETWORK = """?SNDlib native format; type: network; version: 1.0
# network trial

META ( granularity = none )

NODES (
  A ( 1.00 2.00 )
  B ( 2.00 -3.00 )
  C.1
  D
)
LINKS (
  L1 ( A B ) 0.00 0.00 0.00 7.50 ( 10.00 2.50 20.00 4.00 )
  L2 ( B A ) 0.00 0.00 0.00 1.00 ( 10.00 2.00 )
  L3 ( B C.1 ) 40.00 0.00 0.00 5.00 ( )
  L4 ( C.1 D ) 0.00 0.00 0.00 6.25 ()
  L5 ( D A ) 0.00 0.00 0.00 4.00
  L6 ( A C.1 ) 0 0 0 1e1 ( 155 3 )
  %s
)
DEMANDS (
  D1 ( A B ) 1 10.00 UNLIMITED
)
"""


def run(*words):
    command = [sys.executable, str(ROOT / "benchmarks" / "survivable.py"), *map(str, words)]
    done = subprocess.run(
        [*command, "--json"], capture_output=True, text=True, timeout=200, check=True
    )
    return json.loads(done.stdout)


def test_costs_and_blocking_links_are_read_from_plain_and_packed_files(tmp_path):
    (tmp_path / "ring.txt").write_text(NETWORK % "")
    (tmp_path / "tail.gz").write_bytes(gzip.compress((NETWORK.replace("  D\n", "  D\n  E\n") % (
        "L7 ( D E ) 0 0 0 1 ( 1 1 )"
    )).encode()))  # fmt: skip
    ring, tail = run(tmp_path / "ring.txt", tmp_path / "tail.gz", "--level", "node")
    assert (ring["nodes"], ring["edges"]) == (4, 5)
    assert (ring["cost"], ring["gap"], ring["verified"]) == (18.25, 0.0, True)
    assert (tail["infeasible"], tail["cost"]) == (True, None)
    assert {item["name"] for item in tail["blocking"]} == {"L7", "D"}
