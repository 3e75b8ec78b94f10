"""Use cases of interventions: recording, correcting, and planned against delivered doses."""
