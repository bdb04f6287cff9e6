#ifndef REQUEST_H
#define REQUEST_H

#include <stdbool.h>
#include <stddef.h>

struct request {
    char method[8];
    char path[256];
};

/* Whether a whole head, up to its empty line, is among the first `length` bytes. */
bool head_is_whole(const char *head, size_t length);

/* Reads the request line of a whole head; false where it is not HTTP/1. The query is left out of the path. */
bool parse_request(const char *head, struct request *request);

#endif
