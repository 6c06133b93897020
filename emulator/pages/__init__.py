"""Pages made on the server: web authorisation, the JS-SDK checker and the list of paths."""
