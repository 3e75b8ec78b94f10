"""Break-glass 紧急查阅: one clinical file for sixty minutes, for a written reason, told at once and reviewed afterwards."""
