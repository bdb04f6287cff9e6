#include "request.h"

#include <stdio.h>
#include <string.h>

bool head_is_whole(const char *head, size_t length)
{
    return memmem(head, length, "\r\n\r\n", 4) != NULL;
}

bool parse_request(const char *head, struct request *request)
{
    int minor = -1;
    if (sscanf(head, "%7[A-Z] %255[^ \r\n] HTTP/1.%1d\r", request->method, request->path, &minor) != 3) return false;
    if (request->path[0] != '/') return false;
    request->path[strcspn(request->path, "?#")] = '\0';
    return true;
}
