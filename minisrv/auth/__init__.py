"""Authentication: passwords, e-mail addresses, tokens, sessions, cookies, CSRF, rate limits."""
