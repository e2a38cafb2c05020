"""Serve the app: the command line, the sockets, the processes. Optional reading."""
