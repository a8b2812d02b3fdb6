"""The first sheet of a return workbook, for the officer who mends it."""

from collections.abc import Sequence

from lumbung.intake.returns.open_rows import LeftOut
from lumbung.intake.returns.workbook import SPREAD


def lines(agency: str, rows: dict[str, int], left_out: Sequence[LeftOut], reply_to: str,
          has_wide: bool = False) -> list[str]:
    """The sheet line by line. `rows` is feed -> how many rows are in its sheet; `has_wide`: some are of wide tables."""
    told = [f"• Lembar {feed}: {_count(count)} baris" for feed, count in rows.items()]
    told += [f"• {_count(one.rows)} baris lain dari berkas {one.file_name} tidak dapat dimuat di sini: {one.reason}. "
             "Perbaiki di berkas asalnya dan kirim ulang berkas itu." for one in left_out]
    wide = [f"8. Kolom berjudul \"{SPREAD}…\" adalah kolom berkas Anda yang dibaca sebagai satu baris untuk setiap "
            "isian. Perbaiki isiannya di sana; sel kosong tidak menjadi baris."] if has_wide else []
    return [
        "Baris yang belum dapat diterima",
        f"Untuk: {agency}",
        "",
        "Berkas yang Anda kirim sudah dibaca. Baris di buku kerja ini belum dapat diterima:",
        *told,
        "",
        "Cara memperbaiki",
        "1. Bukalah lembar setiap data. Sel berwarna merah adalah isian yang salah; kolom Alasan menyebutkan sebabnya.",
        "2. Tulislah isian yang benar langsung di sel merah itu. Bila hanya satu kolom yang salah, isian yang benar "
        "boleh juga ditulis di kolom Perbaikan; isian di sana menggantikan sel merah.",
        "3. Baris abu-abu sendiri sudah benar. Ia ikut karena satu dokumen diterima utuh; jangan dihapus.",
        "4. Baris yang kolom Teks asal-nya terisi tidak dapat dipisah menjadi kolom. Isilah selnya dari teks itu.",
        "5. Baris yang belum dapat Anda perbaiki biarkan saja: baris itu tetap tercatat dan akan ditanyakan lagi.",
        "6. Jangan menambah baris dan jangan mengubah judul kolom atau kolom tersembunyi di kiri. Data baru dikirim "
        "sebagai berkas biasa.",
        "7. Simpan sebagai XLSX dengan nama apa saja. Angka nol di depan (NPWP, kode) tetap tersimpan karena semua sel "
        "berupa teks.",
        *wide,
        "",
        f"Kirim kembali ke: {reply_to or 'petugas yang mengirim buku kerja ini kepada Anda'}.",
        "",
        "Buku kerja ini memuat data sebagaimana Anda kirim, termasuk data pribadi. Jangan diteruskan ke pihak lain.",
    ]


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
