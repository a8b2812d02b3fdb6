"""The reason for a file goes to people who may not see what is in it: nobody's number or address is in it."""

from office_files import text

NIK, PHONE, MAIL = "3276010101900001", "0812-3456-7890", "budi@contoh.id"


def test_a_file_without_header_does_not_show_its_first_person(desk):
    desk.path("agency_roster/dinas/a.csv").write_text(text(
        ["UD Budi", NIK, PHONE, MAIL, "Catatan"],
        ["UD Ani", "3276010101900002", "0812-3456-7891", "ani@contoh.id"]))
    desk.take_in()
    assert desk.status("a.csv") == ("rejected", "unknown_columns")
    reason = desk.load("a.csv")["reason"]
    assert [shown for shown in (NIK, PHONE, MAIL) if shown in reason] == []
    assert "'3…1', '0…0', 'b…d', 'Catatan'" in reason
