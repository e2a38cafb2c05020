"""What a check consists of: the exercise, the visit to the route, the verdict."""
