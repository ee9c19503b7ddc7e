"""Feeds for programs that watch: turns, statements and events as Atom, meetings as iCalendar."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from detente.relations.ical import as_ical
from detente.web.actors import actor_of, dyad_name
from detente.web.asking import Answer, Ask, Page
from detente.web.finding import MEETING_SPAN, behind, sittings, statements
from detente.web.params import words
from detente.web.sight import Row
from detente.web.wording import actor_name, adjective, month, safe_link, shorten

MOST = 50
AHEAD, BACK = timedelta(731), timedelta(366)
ATOM = "application/atom+xml"


def turns(ask: Ask) -> Answer:
    """Turning points, the newest first."""
    who = parties(ask)
    found = [t for t in reversed(ask.sight.turns) if who <= {t.a, t.b}][:MOST]
    spoken = behind(ask.sight, found)
    entries = [
        {
            "id": f"turn:{t.a}:{t.b}:{t.alarm_date}",
            "title": f"{dyad_name(t.a, t.b)} {adjective(t.direction)} in {month(t.month)}",
            "day": t.alarm_date,
            "link": f"/{t.a}/{t.b}",
            "anchor": f"#turn-{t.month}",
            "text": " ".join(shorten(row["sentence"], 300) for row in rows[:2]) or f"{len(t.events)} acts behind it.",
        }
        for t, rows in zip(found, spoken, strict=True)
    ]
    return feed(ask, "Relations that turned", entries)


def said(ask: Ask) -> Answer:
    """Statements, the newest first."""
    who = sorted(parties(ask))
    where = "TRUE" + "".join(f" AND (list_contains(about, $w{n}) OR actor = $w{n})" for n in range(len(who)))
    rows = statements(ask.sight, MOST, where, {f"w{n}": name for n, name in enumerate(who)})
    entries = [
        {
            "id": f"statement:{r['id']}",
            "title": f"{r['speaker'] or 'Somebody'}: {shorten(r['text'], 90)}",
            "day": r["day"],
            "link": f"/d/{r['document']}",
            "text": shorten(r["text"], 500),
        }
        for r in rows
    ]
    return feed(ask, "What was said", entries)


def events(ask: Ask) -> Answer:
    """Events, the last known first."""
    who = sorted(parties(ask))
    where = "".join(f" AND (list_contains(source, $w{n}) OR list_contains(target, $w{n}))" for n in range(len(who)))
    rows = ask.sight.rows(
        f"SELECT * FROM events WHERE {{known}}{where} ORDER BY known DESC NULLS LAST, id LIMIT {MOST}",
        {f"w{n}": name for n, name in enumerate(who)},
    )
    return feed(ask, "Events", [event_entry(r) for r in rows])


def event_entry(row: Row) -> dict[str, Any]:
    """One event as an entry."""
    sides = [
        " and ".join(dict.fromkeys(actor_name(x.split(".")[0]) for x in row[side])) for side in ("source", "target")
    ]
    return {
        "id": f"event:{row['id']}",
        "title": f"{sides[0]}{' → ' + sides[1] if sides[1] else ''}: {row['type']}, {row['status']}",
        "day": row["known"] or row["day"],
        "link": f"/e/{row['id']}",
        "text": row["sentence"] or "",
        "source": safe_link(row["url"]),
    }


def meetings(ask: Ask) -> Answer:
    """Meetings as iCalendar: a year back, two ahead."""
    who = sorted(parties(ask))
    where = "(day IS NULL OR day BETWEEN $from AND $to)" + "".join(
        f" AND list_contains(participants, $w{n})" for n in range(len(who))
    )
    span = {"from": ask.today - BACK - MEETING_SPAN, "to": ask.today + AHEAD}
    found = sittings(ask.sight, ask.today, where, span | {f"w{n}": name for n, name in enumerate(who)})
    return Answer(body=as_ical(found), media="text/calendar", filename="meetings.ics")


def parties(ask: Ask) -> set[str]:
    """The actors that the feed is narrowed to."""
    return {actor_of(ask.sight, ask.params[name]) for name in ("actor", "a", "b") if ask.params[name]}


def feed(ask: Ask, title: str, entries: list[dict[str, Any]]) -> Answer:
    """Entries as Atom; links are relative to where the feed was fetched from."""
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    name = ask.settings.title
    made.id(f"tag:detente,2026:{ask.here()}")
    made.title(f"{name}: {title}")
    made.author({"name": name})
    made.link(href=ask.here(), rel="self")
    made.updated(max((moment(e["day"]) for e in entries), default=moment(None)))
    for entry in reversed(entries):
        one = made.add_entry()
        one.id(f"tag:detente,2026:{entry['id']}")
        one.title(clean(entry["title"]))
        one.updated(moment(entry["day"]))
        one.link(href=ask.to(entry["link"]) + entry.get("anchor", ""), rel="alternate")
        if entry.get("source"):
            one.link(href=entry["source"], rel="via")
        one.content(clean(entry["text"]) or "–", type="text")
    return Answer(body=made.atom_str(pretty=True), media=ATOM)


def moment(day: date | None) -> datetime:
    """The start of a day in UTC."""
    return datetime.combine(day or date(1970, 1, 1), time.min, UTC)


def clean(text: str) -> str:
    """A text without what XML cannot carry."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )


PARAMS = {"actor": words(60), "a": words(60), "b": words(60)}
PAGES = [
    Page(path="/feeds/turns.atom", make=turns, params=PARAMS),
    Page(path="/feeds/statements.atom", make=said, params=PARAMS),
    Page(path="/feeds/events.atom", make=events, params=PARAMS),
    Page(path="/calendar.ics", make=meetings, params=PARAMS),
]
