"""Last rows of a table: a firm with the name of a sum or an official is data, a sum and a signature are not."""

import pytest
from office_files import MARK, workbook

REGISTER = ["Nama Eksportir", "No", "Kode Wilayah", "Penanda Data", "Per Tanggal"]
ROSTER = ["Nama IKM", "Kode Wilayah", "No", "Per Tanggal", "Telp", "Penanda Data"]
FIRMS = [["PT Satu", "1", "32.76", MARK, "2024-06-30"], ["PT Dua", "2", "32.76", MARK, "2024-06-30"]]
MEMBERS = [["UD Satu", "32.76", "1", "2024-06-30", "", MARK], ["UD Dua", "32.76", "2", "2024-06-30", "", MARK]]


def drop(desk, feed: str, kind: str, rows: list[list[str]]) -> None:
    path = desk.path(f"{feed}/dinas/a.{kind}")
    if kind == "csv":
        path.write_text("".join(";".join(row) + "\n" for row in rows))
    else:
        path.write_bytes(workbook(("Data", rows)))
    desk.take_in()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["Total Jaya Abadi", "Jumlah Makmur", "Bupati Batik", "Sub Total 3"])
def test_a_whole_row_is_data_whatever_its_name(desk, kind, name):
    drop(desk, "exporter_register", kind, [REGISTER, *FIRMS, [name, "3", "32.76", MARK, "2024-06-30"]])
    assert desk.rows("exporter_register", "register_number, exporter_name")[-1] == (3, name)
    assert desk.counts("a." + kind) == (3, 0, 3, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["Bupati Batik Nusantara", "Pengelola Kopi Garut", "Petugas Kebersihan Lestari"])
def test_a_row_with_a_number_but_no_date_is_told(desk, kind, name):
    drop(desk, "agency_roster", kind, [ROSTER, *MEMBERS, [name, "32.76", "3", "", "", MARK]])
    assert desk.counts("a." + kind) == (3, 0, 2, 1)
    assert [f[1:] for f in desk.faults()] == [(3, "as_of", "missing_value")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_faulty_row_below_a_sum_is_not_skipped_with_it(desk, kind):
    drop(desk, "agency_roster", kind, [ROSTER, *MEMBERS, ["Jumlah", "", "2"], ["UD Tiga", "", "3"]])
    assert desk.counts("a." + kind) == (4, 0, 2, 2)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("below", [
    [["Jumlah", "", "2"]],
    [["", "", "Total :", "", "5"], ["Keterangan: sementara"]],
    [["Mengetahui,", "", "", "Depok, 5 Maret 2024"], ["Kepala Dinas", "", "", "Petugas"], [], ["Asep", "", "", "Budi"],
     ["NIP. 19700101 199903 1 001", "", "", "NIP. 19800101 200003 1 001"]],
    [["Mengetahui"], ["", "", "Depok", "5 Maret 2024"], ["Kepala Dinas"], ["Drs. Contoh"],
     ["", "", "197001011999031001"]]])
def test_sums_and_signatures_are_skipped_wherever_they_stand(desk, kind, below):
    drop(desk, "agency_roster", kind, [ROSTER, *MEMBERS, *below])
    assert desk.counts("a." + kind)[2:] == (2, 0), desk.faults()
