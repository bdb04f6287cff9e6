#include "tide.h"

#include <math.h>
#include <stddef.h>

/* A tide is a sum of waves whose periods are given by the sun and the moon. Amplitude and phase belong to the harbour. */
struct constituent {
    double amplitude; /* metres */
    double period;    /* hours */
    double phase;     /* radians */
};

static const struct constituent constituents[] = {
    {1.72, 12.4206012, 0.41}, /* M2, principal lunar */
    {0.58, 12.0000000, 1.93}, /* S2, principal solar */
    {0.34, 12.6583475, 5.02}, /* N2, larger lunar elliptic */
    {0.11, 23.9344696, 2.77}, /* K1, lunisolar diurnal */
    {0.09, 25.8193417, 3.66}, /* O1, lunar diurnal */
};

static const double two_pi = 6.283185307179586;

double tide_height(time_t when)
{
    double hours = (double)when / 3600.0;
    double height = 0;
    for (size_t i = 0; i < sizeof constituents / sizeof constituents[0]; i++) {
        const struct constituent *c = &constituents[i];
        height += c->amplitude * cos(two_pi * fmod(hours, c->period) / c->period - c->phase);
    }
    return height;
}
