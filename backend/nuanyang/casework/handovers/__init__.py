"""交接记录: what the former homeroom teacher, case lead or counsellor leaves for the next, of one student."""
