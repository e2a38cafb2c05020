"""The methods that a function in pages/api of Next.js answers by default: all of them."""

EVERY_VERB = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
