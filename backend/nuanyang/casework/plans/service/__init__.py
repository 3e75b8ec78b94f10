"""What people do with plans: draft, edit, submit, decide, review; and keep a library of templates."""
