"""The map: tiles that lie as the world does, shapes from a file, places in dispute, what the page says and keeps."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from command import run
from detente import actors
from detente import record as store
from detente.errors import BadInput
from detente.record.exchange import import_file
from detente.web.map import disputed
from detente.web.map.shapes import read_world
from detente.web.map.tiles import tiles
from sites import client, full_entry, make_record

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "maps"
NEIGHBOURS = [
    "FRA-DEU",
    "FRA-ESP",
    "FRA-BEL",
    "FRA-CHE",
    "FRA-ITA",
    "ESP-PRT",
    "DEU-POL",
    "DEU-CZE",
    "DEU-DNK",
    "DEU-NLD",
    "DEU-AUT",
    "POL-CZE",
    "POL-BLR",
    "POL-LTU",
    "POL-SVK",
    "POL-UKR",
    "UKR-BLR",
    "UKR-MDA",
    "UKR-RUS",
    "BLR-RUS",
    "ROU-MDA",
    "ROU-HUN",
    "ROU-BGR",
    "BGR-GRC",
    "GRC-ALB",
    "GRC-TUR",
    "HRV-BIH",
    "HRV-SVN",
    "SRB-XKX",
    "SRB-BIH",
    "NOR-SWE",
    "SWE-FIN",
    "FIN-EST",
    "EST-LVA",
    "LVA-LTU",
    "GBR-IRL",
    "TUR-SYR",
    "TUR-GEO",
    "GEO-ARM",
    "ARM-AZE",
    "GEO-AZE",
    "SYR-LBN",
    "SYR-IRQ",
    "ISR-LBN",
    "ISR-JOR",
    "ISR-PSE",
    "ISR-EGY",
    "JOR-SAU",
    "SAU-YEM",
    "SAU-OMN",
    "IRQ-IRN",
    "IRN-AFG",
    "IRN-PAK",
    "AFG-PAK",
    "AFG-TJK",
    "PAK-IND",
    "IND-NPL",
    "IND-BGD",
    "IND-LKA",
    "CHN-MNG",
    "CHN-NPL",
    "CHN-BTN",
    "CHN-PRK",
    "CHN-MMR",
    "PRK-KOR",
    "KOR-JPN",
    "MMR-THA",
    "THA-LAO",
    "LAO-VNM",
    "VNM-KHM",
    "THA-MYS",
    "MYS-SGP",
    "MYS-IDN",
    "IDN-TLS",
    "USA-CAN",
    "USA-MEX",
    "MEX-GTM",
    "GTM-SLV",
    "HND-NIC",
    "NIC-CRI",
    "CRI-PAN",
    "PAN-COL",
    "COL-VEN",
    "COL-ECU",
    "ECU-PER",
    "PER-BOL",
    "PER-CHL",
    "BOL-PRY",
    "BRA-PRY",
    "BRA-URY",
    "ARG-URY",
    "ARG-CHL",
    "VEN-GUY",
    "GUY-SUR",
    "MAR-DZA",
    "DZA-TUN",
    "TUN-LBY",
    "LBY-EGY",
    "EGY-SDN",
    "SDN-SSD",
    "SDN-ERI",
    "ERI-ETH",
    "ETH-KEN",
    "KEN-SOM",
    "KEN-UGA",
    "UGA-RWA",
    "RWA-BDI",
    "TZA-KEN",
    "NGA-NER",
    "NGA-CMR",
    "NGA-BEN",
    "GHA-TGO",
    "MLI-BFA",
    "MLI-NER",
    "SEN-GMB",
    "SEN-GNB",
    "AGO-NAM",
    "AGO-COG",
    "ZMB-ZWE",
    "ZWE-MOZ",
    "NAM-BWA",
    "ZAF-LSO",
    "ZAF-BWA",
    "AUS-PNG",
    "KAZ-UZB",
    "UZB-TKM",
    "KGZ-TJK",
]


def test_every_state_has_one_tile_and_neighbours_lie_near() -> None:
    where = tiles()
    held = {e.id for e in actors.entries() if e.kind == "state" and e.end is None}
    assert set(where) <= held
    assert len(where) == 197
    assert len(set(where.values())) == len(where)
    for pair in NEIGHBOURS:
        a, b = pair.split("-")
        far = max(abs(where[a][n] - where[b][n]) for n in (0, 1))
        assert far <= 2, pair


def test_disputes_name_known_parties_and_their_days() -> None:
    assert len(disputed.disputes()) >= 30
    for one in disputed.disputes():
        assert all(actors.lookup(party) for party in (*one.held, *one.claimed)), one.name
        assert -90 < one.lat < 90 and -180 < one.lon < 180
        assert one.until is None or one.since is None or one.since < one.until
    names = {one.name for one in disputed.at(date(2012, 1, 1))}
    assert "Crimea" not in names
    assert "Nagorno-Karabakh" in names
    assert "Crimea" in {one.name for one in disputed.at(date(2015, 1, 1))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("map")
    rows = []
    for n in range(200):
        day = date(2010, 1, 3) + timedelta(7 * n)
        rows += [f"{day},RUS,CHN,057", f"{day},RUS,GEO,112", f"{day},RUS,JPN,{'112' if n % 2 else '057'}"]
    (made / "rows.csv").write_text("\n".join(["date,a,b,code", *rows]))
    with store.open(made / "record") as record:
        import_file(
            record, made / "rows.csv", "dyadic", mapping={"date": "date", "source": "a", "target": "b", "cameo": "code"}
        )
    return made / "record"


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Any]:
    with client(folder, today=date(2014, 1, 1)) as made:
        yield made


def head(text: str) -> str:
    return re.search(r"<h1>(.*?)</h1>", text, re.S).group(1)  # type: ignore[union-attr]


def test_it_says_and_draws_with_whom_it_stands_best_and_worst(site: Any) -> None:
    text = site.get("/map").text
    assert head(text) == "Russia, Oct 2013: best with China, worst with Georgia"
    assert re.search(r'href="/RUS/CHN"[^>]*><title>China: mostly cooperation[^<]*</title><rect class="m-coop"', text)
    assert re.search(r'<title>Georgia: mostly conflict[^<]*</title><rect class="m-conf"', text)
    assert re.search(r'<title>Japan: balanced[^<]*</title><rect class="m-even"', text)
    assert re.search(r'<title>Brazil: too little data</title><rect class="m-none-pale"', text)
    assert len(text) < 300_000
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", text)


def test_month_state_and_as_of_are_in_the_address(site: Any) -> None:
    assert "Sep 2011" in head(site.get("/map?month=2011-09").text)
    assert head(site.get("/map?of=china").text).startswith("China")
    assert "Jun 2012" in head(site.get("/map?as_of=2012-06-20").text)
    for path, status in (("of=xqzzy", 404), ("month=x", 400), ("view=mine", 400), ("map=globe", 400)):
        assert site.get(f"/map?{path}").status_code == status
    assert site.get("/map/map.exe").status_code == 400


def test_the_table_and_the_file_say_the_same(site: Any) -> None:
    rows = {r["id"]: r for r in csv.DictReader(io.StringIO(site.get("/map/map.csv").text))}
    assert float(rows["CHN"]["level"]) > 1 > -1 > float(rows["GEO"]["level"])
    text = site.get("/map").text
    assert f"{float(rows['CHN']['level']):+.2f}" in text
    assert site.get("/map/map.svg").text.startswith("<svg")
    assert site.get("/map/map.png").content.startswith(b"\x89PNG")


def square(lon: float, lat: float, size: float = 8) -> list[list[float]]:
    return [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]


def geojson(folder: Path, **changes: Any) -> Path:
    """China as a square, and Russia as one that crosses the 180th degree."""
    crossing = [[170, 60], [180, 60], [-175, 60], [-175, 70], [180, 70], [170, 70], [170, 60]]
    made = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": "156", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [square(100, 30)]}},
            {"type": "Feature", "properties": {"name": "Russia"}, "geometry": {"type": "MultiPolygon", "coordinates": [[crossing]]}},
            {"type": "Feature", "properties": {"name": "Atlantis"}, "geometry": {"type": "Polygon", "coordinates": [square(-30, 30)]}},
        ],
    } | changes  # fmt: skip
    file = folder / "shapes.json"
    file.write_text(json.dumps(made))
    return file


def test_shapes_are_read_and_cut_at_the_180th_degree(tmp_path: Path) -> None:
    world = read_world(geojson(tmp_path))
    shapes = {shape.id: shape for shape in world.shapes}
    assert set(shapes) == {"CHN", "RUS"}
    assert shapes["RUS"].path.count("M") == 2
    for shape in shapes.values():
        for x, y in re.findall(r"M([\d.]+),([\d.]+)", shape.path):
            assert 0 <= float(x) <= world.width and 0 <= float(y) <= world.height
    steps = [abs(float(x)) for x in re.findall(r"[l ](-?[\d.]+),", shapes["RUS"].path)]
    assert max(steps) < world.width / 2


@pytest.mark.parametrize(
    "body",
    ["", "nothing", "[]", "{}", '{"type": "Topology"}', '{"type": "FeatureCollection", "features": []}',
     '{"type":"FeatureCollection","features":[{"id":"156","geometry":{"type":"Polygon","coordinates":[[["x"]]]}}]}',
     '{"type":"FeatureCollection","features":[{"id":"156","geometry":{"type":"Polygon","coordinates":[[[NaN,1],[2,3],[4,5]]]}}]}',
     '{"type":"Topology","objects":{"a":{"geometries":[{"id":"156","type":"Polygon","arcs":[[99]]}]}},"arcs":[]}',
     '{"a":' * 3000],
)  # fmt: skip
def test_bad_files_are_refused_in_one_line(tmp_path: Path, body: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(body)
    with pytest.raises(BadInput, match=r"bad\.json"):
        read_world(file)


def test_the_command_refuses_a_bad_file(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, "--record", folder, "serve", "--shapes", tmp_path / "none.json", "--port", "0")
    assert done.code == 1
    assert "none.json" in done.err
    assert "Traceback" not in done.err


def test_views_of_places_in_dispute(folder: Path, tmp_path: Path) -> None:
    with client(folder, today=date(2014, 1, 1), world=read_world(geojson(tmp_path))) as site:
        apart = site.get("/map?of=RUS").text
        assert "Kashmir: held by India, Pakistan" in apart
        assert apart.count('fill="url(#hatch)"') == len(disputed.at(date(2013, 10, 1)))
        assert not re.search(r'<circle class="m-conf"', apart)
        assert re.search(r'<circle class="m-conf"', site.get("/map?of=RUS&view=claimed&by=GEO").text)
        assert re.search(r'<circle class="m-chosen"', site.get("/map?of=RUS&view=held").text)
        assert '<rect class="m-coop"' in site.get("/map?of=RUS&map=tiles").text


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared map files are not here")
@pytest.mark.parametrize(("name", "count"), [("countries-110m.json", 165), ("countries-50m.json", 190)])
def test_natural_earth_s_files_are_read_whole(name: str, count: int) -> None:
    world = read_world(SHARED / name)
    assert len(world.shapes) >= count
    assert sum(len(shape.path) for shape in world.shapes) < 250_000
    assert {"RUS", "USA", "CHN", "IND", "PAK", "XKX"} <= {shape.id for shape in world.shapes}


@pytest.mark.parametrize("count", [0, 1])
def test_small_records_look_finished(tmp_path: Path, count: int) -> None:
    with client(make_record(tmp_path / "record", [full_entry("one")][:count])) as site:
        answer = site.get("/map")
        assert answer.status_code == 200
        assert "can be told" in answer.text
        assert "None" not in re.sub(r"<[^>]+>", "", answer.text)
