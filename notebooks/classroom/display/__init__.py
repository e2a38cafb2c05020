"""Show things in a cell as text and as HTML, with labels for values that differ in every run."""
