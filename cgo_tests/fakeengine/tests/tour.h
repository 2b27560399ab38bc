/* tour.h - a script that uses the whole module once, with one thread and no waits */
#ifndef TOUR_H
#define TOUR_H

#include "host.h"

void tour(struct host *host);

#endif
