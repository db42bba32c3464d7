"""What nbgrader calls before grades are saved: repair and examination of a submission."""
