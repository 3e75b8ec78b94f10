"""孩子的情况: what guardians and students may know, in plain words; every path of it asks `school/guardians/children.py` first."""
