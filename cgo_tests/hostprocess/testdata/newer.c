/*
 * newer.c - a libzmq, linked in after this, is of a version that does not exist yet
 */
void zmq_version(int *major, int *minor, int *patch);

void zmq_version(int *major, int *minor, int *patch)
{
    *major = 4;
    *minor = 99;
    *patch = 0;
}
