"""学生自述: a student tells the school what is hard, in their own words and on a page of their own."""
