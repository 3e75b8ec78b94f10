"""日历订阅: a private address at which a member of staff's calendar asks how much falls due on which day; numbers only."""
