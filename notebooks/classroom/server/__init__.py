"""The live server of a lesson: start it, stop it, swap its routes, show what it recorded."""
