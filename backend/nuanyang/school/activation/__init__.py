"""家长激活码: guardians open their accounts themselves, with a code from a slip of paper and what only the family knows."""
