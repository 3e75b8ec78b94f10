"""支持需求: what a child needs of its teachers, in functional sentences without diagnosis."""
