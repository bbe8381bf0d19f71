"""Two who look at an evaluation with other eyes: one that is tied and refused, one that marks it again blind."""
