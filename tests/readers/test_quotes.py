"""Quotes in CSV: what stands inside a cell is never a row, and a stray quote costs its own row only."""

import pytest

TITLES = "No,Nama IKM,Kode Wilayah,Penanda Data,Per Tanggal"


def line(number: int, name: str = "UD Contoh") -> str:
    return f"{number},{name},32.76,DATA BUATAN,2024-06-30"


def taken(desk, *lines: str, newline: str = "\n") -> list[tuple]:
    """The accepted rows of a roster of these lines."""
    desk.path("agency_roster/dinas/a.csv").write_bytes((newline.join([TITLES, *lines]) + newline).encode())
    desk.take_in()
    return desk.rows("agency_roster", "row_number, roster_number, business_name")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_line_inside_a_cell_is_no_row(desk, newline):
    inside = newline.join(['"UD Satu', line(98), line(99), "", 'kata ""lain"", ya', 'akhir"'])
    rows = taken(desk, line(1), line(2, inside), line(3), line(4, f'"UD{newline}Empat"'), line(5), newline=newline)
    assert [r[:2] for r in rows] == [(n, n) for n in range(1, 6)]
    assert rows[1][2].startswith("UD Satu 98,UD Contoh,")
    assert rows[1][2].endswith('kata "lain", ya akhir')
    assert (desk.counts("a.csv"), desk.faults()) == ((5, 0, 5, 0), [])


def test_cells_with_rows_in_them_one_after_the_other(desk):
    names = [f'"UD {n}\n{line(900 + n)}\nakhir"' for n in range(1, 6)]
    rows = taken(desk, *(line(n, name) for n, name in enumerate(names, start=1)))
    assert [r[1] for r in rows] == [1, 2, 3, 4, 5]
    assert desk.counts("a.csv") == (5, 0, 5, 0)


@pytest.mark.parametrize("stray", ['"UD Contoh', '"UD" Contoh', 'UD" "Contoh', '"UD ""Contoh'])
def test_a_stray_quote_costs_its_own_row_only(desk, stray):
    rows = taken(desk, line(1), line(2, stray), line(3), line(4, '"UD\nEmpat"'), line(5),
                 line(6, f'"UD Enam\n{line(99)}\nakhir"'), line(7))
    kept = [(1, 1), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7)]
    assert [r[:2] for r in rows if r[1] != 2] == kept
    assert desk.faults() in ([], [("", 2, "", "row_shape")])


def test_two_stray_quotes_far_apart_do_not_swallow_the_rows_between(desk):
    rows = taken(desk, line(1, '"UD Contoh'), *(line(n) for n in range(2, 500)), line(500, 'UD Contoh"'), line(501))
    assert [r[1] for r in rows] == list(range(2, 502))
    assert desk.faults() == [("", 1, "", "row_shape")]
