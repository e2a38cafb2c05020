"""How things are shown in a cell: as text and as HTML, with labels for what varies."""
