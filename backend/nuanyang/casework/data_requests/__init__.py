"""个人信息请求: a guardian asks to correct, erase or copy the own child's data; the school answers in its term, with reasons."""
