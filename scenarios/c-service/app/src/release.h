#ifndef RELEASE_H
#define RELEASE_H

/* The release that this build is. Every code edit of the scenario changes this line, and nothing else. */
#define RELEASE "initial"

#endif
