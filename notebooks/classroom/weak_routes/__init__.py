"""Vulnerable routes for the lessons to attack; no rung of minisrv's ladder is among them."""
