"""Where the reading and the record wing meet: intake now, the running service later."""
