#ifndef CONNECTION_H
#define CONNECTION_H

/* Reads one request from a connected socket, answers it, and closes the socket. */
void serve_connection(int connection);

#endif
