"""信息保存: how long what is known about students is kept, what is erased when, holds that stop it, and the account of it.

The database alone erases (migration 0047): by the rules in force, only what a dry run has shown, never a student on legal hold.
"""
