"""应办事项: what the programme in force and the approved plans ask for today, handed down to the ledger (programme/cadence)."""
