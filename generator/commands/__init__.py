"""What each command does, from its options to what it says and its exit code."""
