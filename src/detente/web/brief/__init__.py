"""A record and a pair in, a brief of two to four pages out: web page, PDF or Markdown. It says nothing that is not in
the record: sentences are quoted, numbers measured, and each has a footnote to its page. See docs/brief.md."""

from detente.web.brief.gather import compose, gather
from detente.web.brief.held import OfSight
from detente.web.brief.markdown import as_markdown
from detente.web.brief.model import Brief
from detente.web.brief.page import as_html
from detente.web.brief.pdf import as_pdf

__all__ = ["Brief", "OfSight", "as_html", "as_markdown", "as_pdf", "compose", "gather"]
