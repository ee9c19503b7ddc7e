"""Small archives of comments, written as Disqus, Isso and WordPress write them."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

DISQUS_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" '
    'xmlns:dsq="http://disqus.com/disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://disqus.com/api/schemas/1.0/disqus.xsd">\n'
    '<category dsq:id="1"><forum>example</forum><title>General</title><isDefault>true</isDefault></category>\n'
)


def thread(
    number: int | str,
    link: str = "https://example.org/a",
    title: str = "A page",
    name: str = "",
    closed: bool = False,
    deleted: bool = False,
) -> str:
    """A thread of Disqus; `name` is the site's own id for the page, often empty."""
    own = f"<id>{escape(name)}</id>" if name else "<id />"
    return (
        f'<thread dsq:id="{number}">{own}<forum>example</forum><category dsq:id="1" /><link>{escape(link)}</link>'
        f"<title>{escape(title)}</title><message /><createdAt>2012-09-17T08:00:00Z</createdAt><author>"
        f"<name>Editor</name><isAnonymous>false</isAnonymous></author><isClosed>{str(closed).lower()}</isClosed>"
        f"<isDeleted>{str(deleted).lower()}</isDeleted></thread>\n"
    )


def post(
    number: int | str,
    thread: int | str = 1,
    parent: int | str | None = None,
    message: str = "<p>text</p>",
    created: str = "2012-09-17T10:00:00Z",
    deleted: bool = False,
    spam: bool = False,
    name: str = "Ann",
    email: str | None = "ann@example.org",
) -> str:
    """A post of Disqus; its parent may stand before it, after it, or nowhere."""
    mail = f"<email>{email}</email>" if email else ""
    above = f'<parent dsq:id="{parent}" />' if parent is not None else ""
    return (
        f'<post dsq:id="{number}"><id /><message><![CDATA[{message}]]></message><createdAt>{created}</createdAt>'
        f"<isDeleted>{str(deleted).lower()}</isDeleted><isSpam>{str(spam).lower()}</isSpam><author>{mail}"
        f"<name>{escape(name)}</name><isAnonymous>{str(not email).lower()}</isAnonymous><username /></author>"
        f'<thread dsq:id="{thread}" />{above}</post>\n'
    )


def disqus(file: Path, *parts: str) -> Path:
    """An export of Disqus."""
    file.write_text(DISQUS_HEAD + "".join(parts) + "</disqus>\n", encoding="utf-8")
    return file


def comment(number: int, parent: int = 0, **fields: str) -> str:
    """A comment of WordPress."""
    given: dict[str, str] = {
        "author": "Ann",
        "author_email": "ann@example.org",
        "date": "2012-09-17 12:00:00",
        "date_gmt": "2012-09-17 10:00:00",
        "content": "text",
        "approved": "1",
        "type": "comment",
    } | fields
    inner = "".join(f"<wp:comment_{name}><![CDATA[{value}]]></wp:comment_{name}>\n" for name, value in given.items())
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>{inner}<wp:comment_parent>{parent}</wp:comment_parent>"
        "<wp:commentmeta><wp:meta_key>k</wp:meta_key></wp:commentmeta></wp:comment>\n"
    )


def item(*comments: str, link: str = "https://blog.example/a/", status: str = "publish", open_: str = "open") -> str:
    """A page of WordPress with its comments."""
    return (
        f"<item><title>A page &amp; more</title><link>{link}</link><content:encoded><![CDATA[<p>long</p>]]>"
        f"</content:encoded><wp:post_id>7</wp:post_id><wp:post_date_gmt>2012-09-17 08:00:00</wp:post_date_gmt>"
        f"<wp:comment_status>{open_}</wp:comment_status><wp:status>{status}</wp:status>{''.join(comments)}</item>\n"
    )


def wxr(file: Path, *items: str, version: str = "1.2", blog: str = "https://blog.example") -> Path:
    """An export of WordPress."""
    head = (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- This is a WordPress eXtended RSS file. -->\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f"xmlns:wp={quoteattr(f'http://wordpress.org/export/{version}/')}>\n<channel><title>Blog</title>"
        f"<link>{blog}</link><wp:wxr_version>{version}</wp:wxr_version><wp:base_blog_url>{blog}</wp:base_blog_url>\n"
        "<wp:author><wp:author_email>owner@blog.example</wp:author_email></wp:author>\n"
    )
    file.write_text(head + "".join(items) + "</channel></rss>\n", encoding="utf-8")
    return file


ISSO = """
CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);
CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
CREATE TABLE comments (
    tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL, modified FLOAT,
    mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR,
    likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL);
"""


def isso(file: Path, threads: Iterable[tuple[int, str, str | None]], comments: Iterable[dict[str, Any]]) -> Path:
    """A database of Isso."""
    usual = {"tid": 1, "parent": None, "created": 1347876000.25, "modified": None, "mode": 1, "text": "text",
             "author": "Ann", "email": "ann@example.org", "voters": b"\0" * 256, "remote_addr": "192.0.2.0"}  # fmt: skip
    with closing(sqlite3.connect(file)) as database, database:
        database.executescript(ISSO)
        database.executemany("INSERT INTO threads VALUES (?, ?, ?)", threads)
        for given in comments:
            row = usual | given
            database.execute(
                f"INSERT INTO comments ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
            )
    return file
