"""The world in, documents out: pages, feeds, archives and folders become clean dated text."""
