"""What a single value is: one file each."""
