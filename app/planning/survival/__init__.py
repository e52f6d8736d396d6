"""What failures take down, and routes that survive them."""
