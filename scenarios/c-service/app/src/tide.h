#ifndef TIDE_H
#define TIDE_H

#include <time.h>

/* Height of the tide over mean sea level in metres at a moment, for a made-up harbour. */
double tide_height(time_t when);

#endif
