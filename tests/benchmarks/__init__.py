"""How fast the server is, beside what the machine allows and what people would write instead.

    python -m tests.benchmarks              minisrv against its targets
    python -m tests.benchmarks --peers      and other servers in the same run
    python -m tests.benchmarks --lessons    and how long all notebooks take

Only ratios within one run mean anything. Left out: other machines, networks, and HTTPS.
"""
