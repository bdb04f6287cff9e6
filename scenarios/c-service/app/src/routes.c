#include "routes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "release.h"
#include "tide.h"

static const int forecast_hours = 24;

__attribute__((format(printf, 3, 4)))
static void set(struct answer *answer, int status, const char *format, ...)
{
    va_list values;
    answer->status = status;
    answer->reason = status == 200 ? "OK"
                   : status == 400 ? "Bad Request"
                   : status == 404 ? "Not Found"
                   : status == 405 ? "Method Not Allowed"
                   : status == 408 ? "Request Timeout"
                                   : "Request Header Fields Too Large";
    va_start(values, format);
    vsnprintf(answer->body, sizeof answer->body, format, values);
    va_end(values);
}

/* The heights of the next hours: [{"time":"…","metres":1.23},…]. */
static void set_forecast(struct answer *answer)
{
    char list[sizeof answer->body] = "[";
    size_t used = 1;
    time_t hour = time(NULL) / 3600 * 3600;
    for (int i = 0; i < forecast_hours; i++) {
        time_t when = hour + (time_t)i * 3600;
        struct tm utc;
        char text[32];
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&when, &utc));
        used += (size_t)snprintf(list + used, sizeof list - used, "%s{\"time\":\"%s\",\"metres\":%.2f}", i == 0 ? "" : ",",
                                 text, tide_height(when));
    }
    set(answer, 200, "%s]\n", list);
}

void answer_request(const struct request *request, struct answer *answer)
{
    if (strcmp(request->method, "GET") != 0 && strcmp(request->method, "HEAD") != 0) {
        set(answer, 405, "{\"error\":\"only GET and HEAD\"}\n");
    } else if (strcmp(request->path, "/healthz") == 0) {
        set(answer, 200, "{\"status\":\"ok\"}\n");
    } else if (strcmp(request->path, "/release") == 0) {
        set(answer, 200, "{\"release\":\"%s\"}\n", RELEASE);
    } else if (strcmp(request->path, "/tide") == 0) {
        set(answer, 200, "{\"metres\":%.2f}\n", tide_height(time(NULL)));
    } else if (strcmp(request->path, "/forecast") == 0) {
        set_forecast(answer);
    } else {
        set(answer, 404, "{\"error\":\"no such page\"}\n");
    }
}

void answer_refusal(int status, struct answer *answer)
{
    set(answer, status, "{\"error\":\"not a request that this service reads\"}\n");
}
