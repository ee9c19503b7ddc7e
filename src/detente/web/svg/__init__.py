"""Numbers in, SVG text out: charts drawn on the server in well under a millisecond, in the page's own colours."""
