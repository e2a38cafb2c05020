"""Measure how fast the server is, against what the machine allows and against other servers.

    python -m benchmarks              minisrv against its targets
    python -m benchmarks --peers      and other servers in the same run
    python -m benchmarks --lessons    and how long all notebooks take

Only ratios within one run mean anything. Left out: other machines, networks, and HTTPS.
"""
