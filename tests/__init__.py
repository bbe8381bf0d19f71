"""The tests mirror the three folders; architecture/ holds house rules, stories/ whole journeys."""
