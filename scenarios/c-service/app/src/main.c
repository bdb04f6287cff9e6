#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "connection.h"
#include "release.h"

static volatile sig_atomic_t asked_to_stop = 0;

static void remember_to_stop(int signal_number)
{
    (void)signal_number;
    asked_to_stop = 1;
}

static int listen_on(int port)
{
    int yes = 1;
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0) return -1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, SOMAXCONN) < 0) return -1;
    return listener;
}

/* PORT from the environment, 8080 where there is none; 0 where it is no port. */
static int read_port(void)
{
    const char *text = getenv("PORT");
    char *end;
    if (text == NULL) return 8080;
    long port = strtol(text, &end, 10);
    return *text != '\0' && *end == '\0' && port > 0 && port < 65536 ? (int)port : 0;
}

/*
 * The service is process 1 in its container: without a handler of its own the kernel would drop the signal. The signals are
 * blocked except while ppoll waits, so that none can slip in between looking and waiting.
 */
static void prepare_signals(sigset_t *while_waiting)
{
    struct sigaction action = {.sa_handler = remember_to_stop};
    sigset_t stopping;
    sigemptyset(&stopping);
    sigaddset(&stopping, SIGTERM);
    sigaddset(&stopping, SIGINT);
    sigprocmask(SIG_BLOCK, &stopping, while_waiting);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
}

int main(void)
{
    sigset_t while_waiting;
    prepare_signals(&while_waiting);
    int port = read_port();
    int listener = port == 0 ? -1 : listen_on(port);
    if (listener < 0) {
        fprintf(stderr, "cannot listen on port %s: %s\n", getenv("PORT") ? getenv("PORT") : "8080",
                port == 0 ? "not a port" : strerror(errno));
        return EXIT_FAILURE;
    }
    printf("tides %s listens on port %d\n", RELEASE, port);
    fflush(stdout);
    while (!asked_to_stop) {
        struct pollfd waiting = {.fd = listener, .events = POLLIN};
        if (ppoll(&waiting, 1, NULL, &while_waiting) < 0) {
            if (errno == EINTR) continue;
            perror("ppoll");
            return EXIT_FAILURE;
        }
        int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (connection >= 0) serve_connection(connection);
    }
    close(listener);
    printf("tides stops\n");
    return EXIT_SUCCESS;
}
