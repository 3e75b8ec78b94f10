"""Who keeps custody orders (监护令): data class `protection`."""

# Whoever reads protection sees them; these two record and lift them, audited, without a second pair of eyes: it must not wait.
KEEPERS = ("moral_education", "principal")
