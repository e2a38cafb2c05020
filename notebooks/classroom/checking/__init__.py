"""What a check consists of: the exercise, the visit, the verdict; bcrypt and salts watched."""
