"""Who is who: passwords, e-mail addresses, tokens, sessions, cookies, CSRF, rate limits."""
