"""One HTTP request and its response: recorded at the server, and shown."""
