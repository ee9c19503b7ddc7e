"""Where states lie: the tile map that comes with the site, shapes from a file of the user's, and places in dispute."""
