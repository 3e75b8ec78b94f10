"""Who sees and records consents. Data class `contact`: the same purposes are asked of every family."""

# They record what a guardian wrote or said; the homeroom teacher for the own class.
RECORDERS = ("homeroom_teacher", "moral_education", "counsellor")
# They put the school's own text in force.
WRITERS = ("moral_education", "principal")
