"""Who has to do with keeping and erasing."""

SEEING = ("principal", "moral_education", "admin")
PROPOSING = ("principal", "moral_education", "admin")
# Content is no matter of the administrator's: what happens to it people decide who may see it.
APPROVING = ("principal", "moral_education")
HOLDING = ("principal", "moral_education")
SHOWING = ("principal", "moral_education", "admin")
APPLYING = ("principal",)
