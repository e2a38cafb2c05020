"""The attacker's tools: one attack a file, each as short as it is in practice.

No attack leaves this computer: each one works on a file, or on 127.0.0.1.
"""
