"""What the visits can carry: pooled spread, ranges, shares and their words. Pure functions of their arguments."""
