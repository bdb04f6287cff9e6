#ifndef ROUTES_H
#define ROUTES_H

#include "request.h"

struct answer {
    int status;
    const char *reason;
    char body[2048];
};

/* Fills in the answer to a request. */
void answer_request(const struct request *request, struct answer *answer);

/* Fills in the answer for what was no good request: 400, 408 or 431. */
void answer_refusal(int status, struct answer *answer);

#endif
