"""What a run is asked to do, gathered from the command line, configuration files and defaults, and where each value comes from."""
