"""HTTP around the routes: read bodies, send errors and security headers, check the Host."""
