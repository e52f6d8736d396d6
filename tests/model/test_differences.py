"""Contents of plans: hashed the same for the same, and compared as brute force compares."""

import base64
import copy
import json
import random
import zlib
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.differences import ADDED, CHANGED, REMOVED, compare, total
from app.model.duplicates import duplicate_plan
from app.model.edits import set_values
from app.model.errors import InputError
from app.model.revisions import (
    ROW_TABLES,
    build_content,
    changed_rows,
    content_hash,
    is_intact,
    pack_content,
    plan_rows,
    price_list_content,
    unpack_content,
)
from tests.review_support import PRICE_LIST, WHEN, town


def content_of(network, plan="plan-a"):
    bill = [bill_line("A.1", "400.000", "36000.00"), bill_line("B.1", "2", "180.50", "derived")]
    return build_content(plan_rows(network, plan), bill, {"uid": PRICE_LIST, "hash": "x"})


def bill_line(code, quantity, euro, kind="optimised"):
    amount = {"low": euro, "typical": euro, "high": str(Decimal(euro) * 2)}
    return {
        "code": code, "kind": kind, "unit": "m", "text_en": code, "text_it": code,
        "quantity": quantity, "amount_eur": amount, "unit_price_eur": amount, "placeholder": True,
    }  # fmt: skip


BASE = content_of(town())


def test_a_content_packs_and_unpacks_and_keeps_its_hash():
    content = content_of(town())
    packed = pack_content(content)
    assert unpack_content(packed) == content
    assert content_hash(unpack_content(packed)) == content_hash(content)
    shuffled = json.loads(json.dumps(content))
    shuffled = dict(reversed(list(shuffled.items())))
    assert content_hash(shuffled) == content_hash(content)


def test_the_order_of_rows_in_the_tables_does_not_matter():
    network = town()
    spans = network.table("plan_spans")
    tables = {**network.tables, "plan_spans": spans.iloc[::-1]}
    turned = type(network)(network.name, network.crs, network.uid, tables)
    assert content_hash(content_of(turned)) == content_hash(content_of(network))


def test_every_cell_and_every_vertex_counts():
    network = town()
    before = content_hash(content_of(network))
    for table, uid, values in (
        ("plan_spans", "x1", {"technique": "noDig"}),
        ("plan_spans", "x1", {"items": {"trench.asphalt": 100.001}}),
        ("plan_nodes", "n1", {"type": "handhole"}),
        ("plan_sites", "ps1", {"spans": ("x1", "x3", "x2")}),
        ("plans", "plan-a", {"name": "B"}),
    ):
        after = network.apply(set_values(network, table, [uid], values))
        assert content_hash(content_of(after)) != before, (table, values)
        assert changed_rows(after, "plan-a", content_of(network)) == {table: (uid,)}
    painted = network.apply(set_values(network, "plans", ["plan-a"], {"color": "#0072b2"}))
    assert content_hash(content_of(painted)) == before


def test_a_price_changes_the_hash_of_its_list():
    network = town()
    before = price_list_content(network, PRICE_LIST)
    items = network.table("price_items")
    (uid,) = items.index[(items["price_list"] == PRICE_LIST) & (items["code"] == "cable.slack")]
    after = network.apply(set_values(network, "price_items", [uid], {"typical_eur": 1.0}))
    assert price_list_content(after, PRICE_LIST)["hash"] != before["hash"]
    assert price_list_content(network, None) == {"uid": None, "name": None, "hash": None}


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_no_tampering_with_a_packed_content_goes_unseen(data):
    """Whatever is done to the stored text: it does not unpack, or the hash tells."""
    content = BASE
    packed = pack_content(content)
    row = {"content": packed, "content_hash": content_hash(content)}
    assert is_intact(row)
    body = bytearray(zlib.decompress(base64.b64decode(packed)))
    at = data.draw(st.integers(0, len(body) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda item: item != body[at]))
    body[at] = value
    forged = base64.b64encode(zlib.compress(bytes(body))).decode()
    try:
        is_same = unpack_content(forged) == content
    except InputError:
        is_same = False
    assert is_intact({**row, "content": forged}) == is_same
    cut = packed[: data.draw(st.integers(0, len(packed) - 1))]
    assert not is_intact({**row, "content": cut})
    assert not is_intact({**row, "content": None})


def test_damage_is_told_as_an_error_of_the_input():
    for text in ("", "###", base64.b64encode(zlib.compress(b"[1]")).decode(),
                 base64.b64encode(zlib.compress(b'{"format": 99}')).decode()):  # fmt: skip
        with pytest.raises(InputError, match="cannot be read"):
            unpack_content(text)


def test_a_content_equals_itself_and_its_copy():
    network = town()
    content = content_of(network)
    assert compare(content, content).rows == ()
    copied = network.apply(duplicate_plan(network, "plan-a", "B", WHEN))
    (uid,) = set(copied.table("plans").index) - {"plan-a"}
    found = compare(content, content_of(copied, uid))
    assert (found.rows, found.bill) == ((), ())


def test_nodes_at_one_place_are_told_apart_by_what_hangs_on_them():
    network = town()
    nodes = network.geo("plan_nodes")
    same = [nodes.geometry["n1"]] * len(nodes)
    stacked = nodes.set_geometry(type(nodes.geometry)(same, index=nodes.index, crs=nodes.crs))
    network = type(network)(
        network.name, network.crs, network.uid, {**network.tables, "plan_nodes": stacked}
    )
    for seed in range(5):
        random.seed(seed)
        copied = network.apply(duplicate_plan(network, "plan-a", "B", WHEN))
        (uid,) = set(copied.table("plans").index) - {"plan-a"}
        assert compare(content_of(network), content_of(copied, uid)).rows == ()


def brute_force(before, after):
    """Pair every row with every row: same identifier first, then same place and kind."""
    found = {ADDED: set(), REMOVED: set(), CHANGED: set()}
    for table in ROW_TABLES:
        old = {row["uid"]: row for row in before[table]}
        new = {row["uid"]: row for row in after[table]}
        for uid in old.keys() | new.keys():
            if uid not in new:
                found[REMOVED].add((table, uid))
            elif uid not in old:
                found[ADDED].add((table, uid))
            elif json.dumps(old[uid], sort_keys=True) != json.dumps(new[uid], sort_keys=True):
                found[CHANGED].add((table, uid))
    return found


edits = st.lists(
    st.tuples(
        st.sampled_from(["drop", "add", "set", "move"]),
        st.sampled_from(ROW_TABLES),
        st.integers(0, 10**6),
    ),
    max_size=12,
)


def edited(content, steps):
    content = copy.deepcopy(content)
    for number, (kind, table, pick) in enumerate(steps):
        rows = content[table]
        if kind == "add":
            row = {"uid": f"added{number}", "technique": "sewer", "site": f"site{number}",
                   "geometry": [[pick, number], [pick + 1, number]]}  # fmt: skip
            rows.append(row if table != "plan_sites" else {k: row[k] for k in ("uid", "site")})
        elif rows and kind == "drop":
            rows.pop(pick % len(rows))
        elif rows and kind == "set":
            rows[pick % len(rows)]["surface"] = f"s{pick % 3}"
        elif rows and kind == "move" and rows[pick % len(rows)].get("geometry"):
            rows[pick % len(rows)]["geometry"][0][0] += 1 + pick % 7
    return content


def check_against_brute_force(first, second):
    base = BASE
    before, after = edited(base, first), edited(base, second)
    # rows that are new on both sides have the same names but are others
    for table in ROW_TABLES:
        for row in after[table]:
            if row["uid"].startswith("added"):
                row["uid"] = f"late-{row['uid']}"
                if row.get("geometry"):
                    row["geometry"][0][1] += 0.5
                if "site" in row:
                    row["site"] = f"late-{row['site']}"
    found = compare(before, after)
    wanted = brute_force(before, after)
    for kind, uid in ((ADDED, "after_uid"), (REMOVED, "before_uid"), (CHANGED, "after_uid")):
        got = {(row.table, getattr(row, uid)) for row in found.rows if row.kind == kind}
        assert got == wanted[kind], kind
    turned = compare(after, before)
    assert turned.count(ADDED) == found.count(REMOVED)
    assert turned.count(CHANGED) == found.count(CHANGED)


@given(edits, edits)
@settings(deadline=None, max_examples=100)
def test_differences_are_those_of_brute_force(first, second):
    check_against_brute_force(first, second)


@pytest.mark.long
@given(edits, edits)
@settings(deadline=None, max_examples=2000)
def test_differences_are_those_of_brute_force_at_length(first, second):
    check_against_brute_force(first, second)


def test_a_section_read_from_its_other_end_is_the_same_section():
    base = content_of(town())
    other = copy.deepcopy(base)
    span = other["plan_spans"][0]
    span["uid"] = "renamed"
    span["geometry"].reverse()
    span["start_node"], span["end_node"] = span["end_node"], span["start_node"]
    rows = compare(base, other).rows
    assert {(row.kind, row.table) for row in rows} <= {(CHANGED, "plan_spans")}
    for row in rows:
        assert set(row.fields) <= {"start_node", "end_node"}


def test_costs_are_compared_line_by_line_and_add_up():
    before = content_of(town())
    after = {
        **before,
        "bill": [bill_line("A.1", "410.000", "36900.00"), bill_line("C.1", "1", "99.99")],
    }
    found = compare(before, after)
    deltas = {line.code: line.delta_eur[1] for line in found.bill}
    assert deltas == {
        "A.1": Decimal("900.00"), "B.1": Decimal("-180.50"), "C.1": Decimal("99.99"),
    }  # fmt: skip
    assert total(after)[1] - total(before)[1] == sum(deltas.values())
    high = sum(line.delta_eur[2] for line in found.bill)
    assert found.after_eur[2] - found.before_eur[2] == high


def test_lines_of_one_item_are_compared_as_one():
    before = content_of(town())
    split = [bill_line("A.1", "100.000", "9000.00"), bill_line("A.1", "300.000", "27000.00"),
             before["bill"][1]]  # fmt: skip
    assert compare(before, {**before, "bill": split}).bill == ()
