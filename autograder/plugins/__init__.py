"""What nbgrader calls: preprocessors that repair, examine and record a submission."""
