"""Why a plan is as it is: what sites cost, what else could be built, what cannot be reached."""
