"""HTTP around the routes: bodies in, errors and security headers out, known hosts only."""
