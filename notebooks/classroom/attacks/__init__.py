"""The attacker's tools: one attack a file, each as short as it is in real life.

Left out: anything that goes to another computer. What is attacked is a file, or 127.0.0.1.
"""
