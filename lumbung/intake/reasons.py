"""Why a file or a row was not taken in, in the words of the office that sent it and in English."""

OF_FILE = {
    "unreadable": ("Berkas tidak dapat dibaca.", "The file can't be read."),
    "empty": ("Berkas kosong; kirim ulang yang berisi data.", "The file is empty; send one with data."),
    "unknown_feed": ("Berkas tidak diletakkan di folder feed dan instansi.",
                     "The file lies outside the folder of a feed and an agency."),
    "unknown_columns": ("Ada kolom yang tidak dikenal.", "The file has columns its contract does not know."),
    "missing_columns": ("Kolom wajib tidak ada.", "Columns the contract requires are missing."),
    "no_rows": ("Berkas tidak berisi baris data.", "The file has no rows of data."),
    "all_rows_rejected": ("Tidak ada baris yang dapat diterima.", "No row of the file could be accepted."),
    "too_many_rejects": ("Terlalu banyak baris yang ditolak.", "Too many rows of the file were rejected."),
    "gate_raw": ("Berkas tidak lolos pemeriksaan awal.", "The file did not pass the raw gate."),
}
OF_ROW = {
    "unreadable": ("Dokumen tidak dapat dibaca.", "The document can't be read."),
    "row_shape": ("Jumlah kolom baris tidak sama dengan judul kolom.",
                  "The row has more or fewer fields than the header."),
    "missing_value": ("Isian wajib kosong.", "A required value is missing."),
    "bad_number": ("Bukan angka yang dapat dibaca.", "Not a readable number."),
    "bad_date": ("Bukan tanggal yang sah (TTTT-BB-HH).", "Not a valid date (YYYY-MM-DD)."),
    "bad_yes_no": ("Bukan isian ya atau tidak.", "Not a readable yes or no."),
    "bad_pattern": ("Bentuk isian tidak sesuai ketentuan.", "The value does not have the required form."),
    "out_of_range": ("Nilai di luar batas yang diperbolehkan.", "The value is outside the allowed range."),
    "not_in_list": ("Isian tidak ada dalam daftar pilihan.", "The value is not in the list of choices."),
    "document_incomplete": ("Baris lain dari dokumen yang sama ditolak.",
                            "Another row of the same document was rejected."),
}


def of_file(code: str, detail: str = "") -> str:
    """The sentence that goes into the ledger: Indonesian, with what was found."""
    return " ".join(filter(None, [OF_FILE[code][0], detail]))
