"""What exactly one lesson uses, by its name."""
