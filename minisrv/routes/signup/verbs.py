"""The common methods: a function in pages/api of Next.js answers each of them by default."""

EVERY_VERB = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
