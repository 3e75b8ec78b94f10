"""What a guardian keeps up to date about themselves: telephone and address, on a page of their own."""
