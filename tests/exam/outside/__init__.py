"""What others wrote to judge an autograder, judging ours."""
