"""消息: what the programme tells the people of a school, inside the app; each thing once."""
