"""The reference article's visit was called off: a page that says so turns it, and a later one tells when it is to be."""

import json
from datetime import date
from pathlib import Path

import detente
import detente.record
from detente import relations
from detente.reader import read_document
from detente.types import Document

OFF = "Russian President Vladimir Putin has called off his visit to Pakistan, the Kremlin said on Thursday."
PUT_OFF = "Vladimir Putin has postponed his visit to Pakistan until 15 October."


def test_the_visit_of_the_reference_article_is_cancelled(shared: Path, tmp_path: Path) -> None:
    article = detente.read(shared / "articles/russia-pakistan-2012.txt", published="2012-09-17")
    off = read_document(Document(id="off", text=OFF, published=date(2012, 9, 27), source="Wire"))
    with detente.record.open(tmp_path / "record") as record:
        record.add([article, off], coder="c1")
        before = relations.calendar(
            record.meetings(dyad=("RUS", "PAK"), as_of=date(2012, 9, 20)).to_pylist(), today=date(2012, 9, 20)
        )
        after = relations.calendar(record.meetings(dyad=("RUS", "PAK")).to_pylist(), today=date(2012, 9, 28))
    planned = [s for s in before if s.start == date(2012, 9, 26)]
    assert {s.status for s in planned} == {"scheduled"}
    (visit,) = [s for s in after if s.start == date(2012, 9, 26) and s.participants == ["PAK", "RUS"]]
    assert visit.status == "cancelled"
    assert [step.known for step in visit.steps] == [date(2012, 9, 17), date(2012, 9, 27)]
    assert visit.steps[1].sentence == OFF


def test_with_a_new_date_it_is_postponed_to_it(shared: Path, tmp_path: Path) -> None:
    article = detente.read(shared / "articles/russia-pakistan-2012.txt", published="2012-09-17")
    later = read_document(Document(id="later", text=PUT_OFF, published=date(2012, 9, 27), source="Wire"))
    with detente.record.open(tmp_path / "record") as record:
        record.add([article, later], coder="c1")
        found = relations.calendar(record.meetings(dyad=("RUS", "PAK")).to_pylist(), today=date(2012, 9, 28))
    (visit,) = [s for s in found if s.status == "postponed"]
    assert (visit.start, visit.participants) == (date(2012, 10, 15), ["PAK", "RUS"])


def test_a_library_s_json_holds_all_four_kinds(shared: Path) -> None:
    import msgspec

    article = detente.read(shared / "articles/russia-pakistan-2012.txt", published="2012-09-17")
    made = json.loads(msgspec.json.encode(article))
    assert all(made[kind] for kind in ("events", "statements", "meetings", "transfers"))
    assert {m["series"] for m in made["meetings"]} >= {"quadrilateral", "trilateral dialogue"}
    last = [m for m in made["meetings"] if m["place"] and m["place"]["name"] == "Dushanbe"]
    assert [(m["status"], m["start"], m["precision"]) for m in last] == [("held", "2011-01-01", "year")]
