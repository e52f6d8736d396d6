"""What fails, how often, for how long, and what that takes down."""
