"""Price lists from files: headings, units, money, and what is refused and kept."""

import csv
from pathlib import Path

import openpyxl
import pytest

from app.io.importing import ImportOptions
from app.io.importing.pricelists import read_prices
from app.model.errors import ExchangeError

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "prices"
ITALIAN = (
    "Codice;Capitolo;Descrizione;U.M.;Prezzo unitario;Minimo;Massimo;Fonte;Anno\n"
    "OF-SCV-01;Scavi;Scavo su asfalto;ml;1.234,50;1.000,00;1.500,00;Capitolato 2025;2025\n"
    "OF-RIP-02;Ripristini;Tappeto d'usura;mq;23,125;;;Capitolato 2025;2025-03\n"
    "OF-INF-03;Pozzetti;Pozzetto 125x80;cad.;780;;;;\n"
    "OF-LMP-04;Scavi;Intervento breve;a corpo;300;;;Capitolato 2025;2025\n"
)


@pytest.fixture
def read(in_process, network, tmp_path):
    """Return a function that reads a price list from text."""

    def run(text, name="listino.csv", encoding="utf-8", **options):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return read_prices(path, network, ImportOptions(**options))

    return run


def test_an_italian_list_is_understood_by_its_headings(read):
    found = read(ITALIAN, encoding="cp1252")
    by_code = {item["code"]: item for item in found.items}
    assert (found.read, len(found.items), found.rejected) == (4, 4, ())
    assert [item["unit"] for item in found.items] == ["m", "m2", "each", "lump"]
    trench = by_code["OF-SCV-01"]
    assert (trench["low_eur"], trench["typical_eur"], trench["high_eur"]) == (1000, 1234.5, 1500)
    assert trench["text_it"] == trench["text_en"] == "Scavo su asfalto"
    assert (trench["chapter"], trench["source"]) == ("Scavi", "Capitolato 2025")
    assert by_code["OF-RIP-02"]["price_year"] == 2025
    assert by_code["OF-RIP-02"]["typical_eur"] == 23.13  # half up, and told
    assert by_code["OF-RIP-02"]["low_eur"] is None
    assert {item.rule for item in found.findings} >= {
        "import.price_rounded", "import.price_unsourced",
    }  # fmt: skip


def test_without_a_source_a_price_is_a_placeholder(read):
    marks = {item["code"]: item["is_placeholder"] for item in read(ITALIAN).items}
    assert marks == {
        "OF-SCV-01": False, "OF-RIP-02": False, "OF-INF-03": True, "OF-LMP-04": False,
    }  # fmt: skip
    told = read(ITALIAN, set_values={"source": "Comune"})
    assert not any(item["is_placeholder"] for item in told.items)


def test_rows_that_cannot_be_priced_are_refused_with_a_reason_and_kept(read, tmp_path):
    text = (
        "code,text_en,unit,price,low,high,currency\n"
        "a,Good,m,10,9,11,EUR\n"
        "b,No price,m,,,,EUR\n"
        "c,Odd unit,furlong,10,,,EUR\n"
        "d,Not in order,m,10,12,11,EUR\n"
        "e,Other money,m,10,,,CHF\n"
        "a,Twice,m,12,,,EUR\n"
        ",No code,m,12,,,EUR\n"
        "f,Negative,m,-4,,,EUR\n"
        "g,Slip,m,99999999999999999999,,,EUR\n"
    )
    found = read(text)
    assert [item["code"] for item in found.items] == ["a"]
    reasons = {row.row: str(row.reason) for row in found.rejected}
    assert found.read == len(found.items) + len(reasons) == 9
    assert "no typical price" in reasons[3]
    assert "furlong" in reasons[4]
    assert "not in order: 12.0, 10.0, 11.0" in reasons[5]
    assert "CHF" in reasons[6]
    assert "stands in row 2 already" in reasons[7]
    assert "missing" in reasons[8]
    assert "no typical price" in reasons[9]
    assert "no typical price" in reasons[10]
    with found.rejected_file.open(encoding="utf-8-sig") as stream:
        kept = list(csv.DictReader(stream))
    assert [row["text_en"] for row in kept] == [
        "No price", "Odd unit", "Not in order", "Other money", "Twice", "No code", "Negative",
        "Slip",
    ]  # fmt: skip


def test_mended_rejects_come_in_again(read):
    bad = read("code,text,unit,price\na,'=2+2,m,\n")
    text = bad.rejected_file.read_text(encoding="utf-8-sig")
    mended = read(text.replace(",m,,", ",m,5,"), "mended.csv")
    assert [(item["code"], item["text_en"]) for item in mended.items] == [("a", "=2+2")]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("code,text,unit\na,b,m\n", "typical_eur"),
        ("code,text,price\na,b,1\n", "unit"),
        ("text,unit,price\nb,m,1\n", "code"),
        ("code,unit,price\na,m,1\n", "text_it, text_en"),
    ],
)
def test_a_file_without_a_needed_column_is_refused_by_name(read, text, field):
    with pytest.raises(ExchangeError, match=field) as caught:
        read(text)
    assert Path(caught.value.path).name == "listino.csv"


def test_columns_can_be_mapped_and_values_set(read):
    text = "sigla,cosa,lordo,netto\nX1,Chamber,12,10\n"
    found = read(
        text,
        mapping={"code": "sigla", "text_en": "cosa", "typical_eur": "netto"},
        set_values={"unit": "each"},
    )
    (item,) = found.items
    assert (item["code"], item["unit"], item["typical_eur"]) == ("X1", "each", 10)
    with pytest.raises(ExchangeError, match="no column dazio"):
        read(text, mapping={"code": "dazio"})


def test_each_language_fills_the_gaps_of_the_other(read):
    found = read("code,text_it,text_en,unit,price\na,Scavo,,m,1\nb,,Trench,m,2\n")
    assert [(item["text_it"], item["text_en"]) for item in found.items] == [
        ("Scavo", "Scavo"), ("Trench", "Trench"),
    ]  # fmt: skip


def test_a_heading_with_vat_is_remarked(read):
    found = read("code,text,unit,prezzo iva inclusa\na,b,m,12.2\n")
    assert "import.price_with_vat" in {item.rule for item in found.findings}


def test_a_workbook_is_read_from_the_sheet_asked_for(in_process, network, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Note"
    book.active.append(["Listino del comune"])
    sheet = book.create_sheet("Voci")
    sheet.append(["Codice", "Descrizione", "UM", "Prezzo"])
    sheet.append(["A.1", "Scavo", "m", 12.5])
    book.save(tmp_path / "listino.xlsx")
    found = read_prices(tmp_path / "listino.xlsx", network, ImportOptions(layer="Voci"))
    assert [(item["code"], item["typical_eur"]) for item in found.items] == [("A.1", 12.5)]
    with pytest.raises(ExchangeError, match="Note"):
        read_prices(tmp_path / "listino.xlsx", network)


@pytest.mark.parametrize("name", ["key_items", "civil_works_telecom_extract"])
def test_public_lists_come_in_whole(in_process, network, tmp_path, name):
    path = DATA / f"andalucia_bcca_{name}.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    options = ImportOptions(set_values={"source": "Junta de Andalucía"}, rejected_folder=tmp_path)
    found = read_prices(path, network, options)
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert found.rejected == ()
    assert [item["code"] for item in found.items] == [row["id"] for row in rows]
    assert [item["typical_eur"] for item in found.items] == [float(row["price"]) for row in rows]
    years = [row["price_date"][:4] for row in rows]
    assert [str(item["price_year"] or "") for item in found.items] == years
