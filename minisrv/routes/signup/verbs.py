"""The methods that a function of Next.js' pages/api answers unless it looks: all of them."""

EVERY_VERB = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
