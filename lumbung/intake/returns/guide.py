"""The first sheet of a return workbook, for the officer who mends it."""


def lines(agency: str, rows: dict[str, int], too_long: int, reply_to: str) -> list[str]:
    """The sheet line by line. `rows` is feed -> how many rows are in its sheet."""
    told = [f"• Lembar {feed}: {_count(count)} baris" for feed, count in rows.items()]
    if too_long:
        told.append(f"• {_count(too_long)} baris lain tidak muat di lembar kerja ini. Perbaiki di berkas asalnya "
                    "dan kirim ulang berkas itu.")
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
        "",
        f"Kirim kembali ke: {reply_to or 'petugas yang mengirim buku kerja ini kepada Anda'}.",
        "",
        "Buku kerja ini memuat data sebagaimana Anda kirim, termasuk data pribadi. Jangan diteruskan ke pihak lain.",
    ]


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
