"""What can be computed: pure functions without files, database or Qt."""
