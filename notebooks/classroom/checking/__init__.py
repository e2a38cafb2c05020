"""What a check consists of: the exercise, the visitor who tries the route, the verdict."""
