"""心理辅导: sessions of a counselling case; what was said is encrypted and opens for who counsels, or by broken glass."""
