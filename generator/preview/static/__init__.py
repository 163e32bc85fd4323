"""What is served as it is: the styles, the script and the icon of the desk."""
