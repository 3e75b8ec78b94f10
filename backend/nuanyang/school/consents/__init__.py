"""知情同意 (PIPL 29, 31): for which purposes a guardian's own consent is asked, who gave or withdrew it, and the gate that stands on it."""
