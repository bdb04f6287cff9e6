#include "connection.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "request.h"
#include "routes.h"

/* Connections are served one after another: a slow client must not hold up the others for longer than this. */
static const int patience_ms = 2000;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* As recv(), but gives up at the deadline with ETIMEDOUT. */
static ssize_t receive(int connection, char *bytes, size_t size, int64_t deadline)
{
    for (;;) {
        struct pollfd waiting = {.fd = connection, .events = POLLIN};
        int64_t left = deadline - now_ms();
        int ready = left > 0 ? poll(&waiting, 1, (int)left) : 0;
        if (ready > 0) return recv(connection, bytes, size, 0);
        if (ready < 0 && errno == EINTR) continue;
        if (ready == 0) errno = ETIMEDOUT;
        return -1;
    }
}

/* Reads until the head is whole. 0, or the status to refuse with; -1 where the client went away. */
static int read_head(int connection, char *head, size_t size, int64_t deadline)
{
    size_t length = 0;
    while (length < size - 1) {
        ssize_t got = receive(connection, head + length, size - 1 - length, deadline);
        if (got < 0) return errno == ETIMEDOUT ? 408 : -1;
        if (got == 0) return -1;
        length += (size_t)got;
        head[length] = '\0';
        if (head_is_whole(head, length)) return 0;
    }
    return 431;
}

static bool send_all(int connection, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(connection, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

static void send_answer(int connection, const struct answer *answer, bool with_body)
{
    char head[256];
    size_t length = strlen(answer->body);
    int written = snprintf(head, sizeof head,
                           "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
                           answer->status, answer->reason, length);
    if (send_all(connection, head, (size_t)written) && with_body) send_all(connection, answer->body, length);
}

/*
 * Closes without losing the answer: with bytes of the client still unread, close() alone would reset the connection, and the
 * client might never see what was sent.
 */
static void close_gently(int connection, int64_t deadline)
{
    char rest[1024];
    shutdown(connection, SHUT_WR);
    while (receive(connection, rest, sizeof rest, deadline) > 0) continue;
    close(connection);
}

void serve_connection(int connection)
{
    char head[8192];
    struct request request = {0};
    struct answer answer;
    int64_t deadline = now_ms() + patience_ms;
    struct timeval sending = {.tv_sec = patience_ms / 1000};
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &sending, sizeof sending);
    int refusal = read_head(connection, head, sizeof head, deadline);
    if (refusal < 0) {
        close(connection);
        return;
    }
    if (refusal == 0 && !parse_request(head, &request)) refusal = 400;
    if (refusal > 0) {
        answer_refusal(refusal, &answer);
    } else {
        answer_request(&request, &answer);
    }
    send_answer(connection, &answer, strcmp(request.method, "HEAD") != 0);
    close_gently(connection, deadline);
}
