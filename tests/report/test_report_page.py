"""The page: self-contained, in Indonesian, with every figure that belongs on it, the same bytes each time."""

import re
from html.parser import HTMLParser

import pytest

from lumbung.errors import LumbungError
from lumbung.report import rank, write_page, write_pages
from lumbung.report.chart import growth_bars

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a page is made of: tags with attributes, rows of tables, text; complains about tags left open."""

    def __init__(self, text: str):
        super().__init__()
        self.open, self.tags, self.rows, self.words = [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" in self.open:
            return
        self.words.append(data)
        if self.open and {"td", "th"} & set(self.open) and "tr" in self.open:
            self.rows[-1][-1] += data.strip()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def made(made_up, tmp_path_factory):
    return write_page(made_up, "32", 2024, tmp_path_factory.mktemp("page"))


def test_one_file_without_script_or_network(made):
    text = made.read_text(encoding="utf-8")
    page = Page(text)
    assert made.name == "peringkat-32-2024.html"
    assert page.tags[0] == ("html", {"lang": "id"})
    assert {"script", "link", "img", "iframe", "object", "image", "use"}.isdisjoint(tag for tag, _ in page.tags)
    outside = [url for url in re.findall(r"\w+://[^\s\"')]+", text) if not url.startswith("http://www.w3.org/")]
    assert outside == []
    assert "@import" not in text
    assert "url(" not in text
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = {i for _, attrs in page.tags for i in attrs.get("aria-labelledby", "").split()}
    assert named <= set(ids)


def test_every_city_stands_on_it_once_a_section(made, made_up):
    page = Page(made.read_text(encoding="utf-8"))
    body = [row for row in page.rows if row[0] != "#"]
    assert len(body) == 2 * 23
    peb = rank(made_up, "32", 2024, basis="peb")
    assert [(row[0], row[1].removesuffix("seri")) for row in body[:23]] == [
        (str(r["rank"]), r["region_name"]) for r in peb.ranked]
    assert body[0][2:6] == ["+68,2%", "833.333.326", "1.401.666.654", "+568.333.328"]
    assert body[22][2] == "−33,1%"
    for name in ("Kabupaten Ciamis", "Kabupaten Pangandaran", "Kota Sukabumi", "Kota Banjar"):
        assert page.text.count(f"{name} : ") == 2
    assert page.text.count("Tanpa peringkat (4 dari 27)") == 2


def test_made_up_figures_are_marked(made, mixed, tmp_path):
    page = Page(made.read_text(encoding="utf-8"))
    assert page.text.startswith("DATA BUATAN · Peringkat")
    assert "Semua angka pada halaman ini dibuat untuk mencoba sistem" in page.text
    real = write_page(mixed, "32", 2024, tmp_path / "real.html")
    assert real == tmp_path / "real.html"
    assert "DATA BUATAN" not in real.read_text(encoding="utf-8")


def test_it_says_how_and_from_where(made, made_up):
    text = Page(made.read_text(encoding="utf-8")).text
    assert "Ekspor Kota Bandung tumbuh paling tinggi di Jawa Barat: +68,2% terhadap Januari–September 2023" in text
    assert "15 dari 23 kota/kabupaten yang diperingkat naik." in text
    assert "paling sedikit US$100.000 dan paling sedikit 3 eksportir" in text
    assert "Kurs harian Bank Sentral Eropa" in text
    assert "Semua 9 bulan lengkap pada kedua tahun." in text
    assert "Alamat terdaftar eksportir" in text
    assert made_up.id in text
    assert "5 Oktober 2024 pukul 10.04 WIB" in text
    assert "6 berkas dari 2 instansi, 3.615 baris" in text
    assert "setelah dirapikan: 31 pemeriksaan, 2 peringatan" in text


def test_the_chart_holds_the_figures_and_is_described(made):
    text = made.read_text(encoding="utf-8")
    charts = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(charts) == 4
    for chart in charts:
        assert chart.count('role="img"') == 1
        assert "<title id=" in chart
        assert "Grafik batang 23 kota/kabupaten" in chart
        assert len(re.findall(r">[+−][\d.,]+%<", chart)) == 23
        width = float(re.search(r'viewBox="0 0 ([\d.]+)', chart).group(1))
        assert width in (720, 350)
    assert charts[0].index(">Kota Bandung<") < charts[0].index(">Kab. Majalengka<")


def test_the_chart_keeps_its_grammar(made_up):
    bars = growth_bars(rank(made_up, "32", 2024), width=720, font_size=13)
    assert bars.to_dict(validate=True)["layer"]


def test_the_same_release_gives_the_same_bytes(made, made_up, tmp_path):
    assert write_page(made_up, "32", 2024, tmp_path).read_bytes() == made.read_bytes()


def test_one_basis_and_an_earlier_month_can_be_asked_for(made_up, tmp_path):
    text = Page(write_page(made_up, "32", 2024, tmp_path, through="2024-06", basis="ska").read_text()).text
    assert "Jawa Barat, Januari–Juni 2024" in text
    assert "Menurut surat keterangan asal (SKA)" in text
    assert "Menurut pemberitahuan" not in text
    assert "Hanya 5 dari 6 bulan yang dibandingkan: 1 bulan tidak lengkap" in text


def test_a_page_of_nothing_is_an_error_and_no_file(made_up, tmp_path):
    with pytest.raises(LumbungError, match="province 31"):
        write_page(made_up, "31", 2024, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_province_without_a_ranked_city_is_said_in_words(tmp_path, make_release, ranking_rows):
    rows = [row for row in ranking_rows("ska", "2024-09", synthetic=False) if row[7] is None]
    rows = [(*row[:15], 0, *row[16:]) for row in rows]
    release = make_release(tmp_path / "home", rows)
    text = Page(write_page(release, "32", 2024, tmp_path).read_text()).text
    assert "Belum ada kota/kabupaten di Jawa Barat yang dapat diperingkat" in text
    assert "Kota Banjar" in text


def test_names_from_files_cannot_add_markup(tmp_path, make_release, ranking_rows):
    rows = [(*row[:8], row[8] + "<script>alert(1)</script>", *row[9:])
            for row in ranking_rows("ska", "2024-09", synthetic=False)]
    page = write_page(make_release(tmp_path / "home", rows), "32", 2024, tmp_path)
    assert "<script" not in page.read_text()


def test_a_release_carries_a_page_a_province(mixed, tmp_path):
    folder = mixed.path / "internal/report"
    pages = write_pages(mixed)
    try:
        assert pages == [folder / "peringkat-32-2024.html"]
        assert "Januari–Juni 2024" in pages[0].read_text()
    finally:
        pages[0].unlink()
        folder.rmdir()


def test_the_page_of_quality_is_linked_where_it_lies_beside(made, made_up, tmp_path):
    beside = Page(write_page(made_up, "32", 2024, tmp_path, quality="quality.html").read_text())
    assert [attrs["href"] for tag, attrs in beside.tags if tag == "a"] == ["quality.html"]
    assert "<a " not in made.read_text()
