"""接班: who holds a class from which day on."""
