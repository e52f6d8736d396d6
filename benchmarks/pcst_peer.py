"""Run pcst_fast on arrays in a file; for an interpreter of its own, since it needs numpy below 2.

python pcst_peer.py PROBLEM.npz: the file holds edges (m, 2), costs (m,), prizes (n,), root (-1
for none). Prints JSON: seconds and the chosen edges and nodes, or the reason why there are none.
"""

import json
import sys
import time

import numpy as np


def main(path: str) -> None:
    """Solve one problem and print the answer."""
    if int(np.__version__.split(".")[0]) >= 2:
        print(json.dumps({"skipped": "pcst_fast gives wrong arrays with numpy 2"}))
        return
    try:
        from pcst_fast import pcst_fast  # noqa: PLC0415 - may be missing
    except ImportError as error:
        print(json.dumps({"skipped": str(error)}))
        return
    data = np.load(path)
    root = int(data["root"])
    begun = time.monotonic()
    nodes, edges = pcst_fast(
        data["edges"], data["prizes"].astype(float), data["costs"].astype(float), root,
        1, "strong", 0,
    )  # fmt: skip
    seconds = time.monotonic() - begun
    answer = {"seconds": seconds, "edges": edges.tolist(), "nodes": nodes.tolist()}
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
