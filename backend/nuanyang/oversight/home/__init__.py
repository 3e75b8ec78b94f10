"""The first page: each person's own work first."""
