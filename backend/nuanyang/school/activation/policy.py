"""Who prints activation slips: the homeroom teacher for the own class, 德育处 for all."""

PRINTERS = ("homeroom_teacher", "moral_education")
