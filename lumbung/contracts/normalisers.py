"""The normalisers a column may name, each with the kinds of column it serves and the words of the feed's page."""

from dataclasses import dataclass

DEFAULT = {"string": "text", "number": "decimal", "integer": "integer", "date": "date", "boolean": "yes_no"}


@dataclass(frozen=True)
class Normaliser:
    """`serves` are logical types; `words` tell an office, in Indonesian, what to write."""

    serves: tuple[str, ...]
    words: str


NORMALISERS = {
    "text": Normaliser(("string",), "teks"),
    "lower": Normaliser(("string",), "teks, huruf besar dan kecil dianggap sama"),
    "code": Normaliser(("string",), "kode"),
    "digits": Normaliser(("string",), "angka saja; titik dan tanda hubung diabaikan"),
    "document_number": Normaliser(("string",), "nomor dokumen; titik, spasi, dan tanda hubung diabaikan"),
    "region_code": Normaliser(("string",), "kode wilayah Kemendagri, dengan atau tanpa titik"),
    "decimal": Normaliser(("number",), "angka, titik sebagai tanda desimal"),
    "integer": Normaliser(("integer",), "bilangan bulat"),
    "date": Normaliser(("date",), "tanggal (tahun-bulan-hari)"),
    "number_id": Normaliser(("number",), "angka cara Indonesia: `1.250.000`, `45.000,50`, `1,25 juta`, `(1.000)`"),
    "integer_id": Normaliser(("integer",), "bilangan bulat cara Indonesia: `1.250`"),
    "date_range": Normaliser(("date",), "tanggal atau rentang tanggal: `1 s.d. 5 Maret 2023`"),
    "month": Normaliser(("string",), "bulan: `2021-09`, `September 2021`"),
    "phone": Normaliser(("string",), "nomor telepon; lebih dari satu dipisah titik koma"),
    "npwp": Normaliser(("string",), "NPWP 15 atau 16 digit, dengan atau tanpa titik"),
    "nib": Normaliser(("string",), "NIB 13 digit"),
    "nik": Normaliser(("string",), "NIK 16 digit"),
    "hs": Normaliser(("string",), "kode HS, dengan atau tanpa titik"),
    "country": Normaliser(("string",), "kode ISO atau nama negara dalam bahasa Indonesia atau Inggris"),
    "region": Normaliser(("string",), "kode wilayah, atau nama dengan Kota/Kabupaten di depannya"),
    "products": Normaliser(("string",), "satu atau beberapa produk, dipisah koma atau titik koma"),
    "people": Normaliser(("string",), "satu atau beberapa nama orang, dipisah titik koma"),
    "owners": Normaliser(("string",), "daftar JSON; nilai (`value`) boleh kosong: "
                         '`[{"npwp": "…", "nib": "…", "name": "…", "value": "1250.00"}]`'),
    "yes_no": Normaliser(("boolean",), "ya atau tidak (Y/T, 1/0)"),
    "one_two": Normaliser(("boolean",), "1 untuk ya, 2 untuk tidak"),
    "synthetic_mark": Normaliser(("boolean",), "`DATA BUATAN` untuk data buatan, selain itu kosong"),
}
