"""What an answer and its search were worth, case by case, by rules alone: no model is asked."""
