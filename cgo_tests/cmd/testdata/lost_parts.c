/* Is preloaded: after a part "lost" libzmq appears to have forgotten the rest of the message, as it does when its
 * connection ends within zmq_msg_recv(); and of a ROUTER it then gives the next message without the routing id. */
#include <dlfcn.h>
#include <stdint.h>
#include <string.h>
#include <zmq.h>

static int (*next)(zmq_msg_t *, void *, int);

/* zmqjs refuses a function of libzmq that comes from another file than the others. */
int dladdr(const void *address, Dl_info *information)
{
    int (*get)(const void *, Dl_info *);
    *(void **)&get = dlsym(RTLD_NEXT, "dladdr");
    return get(address == (const void *)(uintptr_t)zmq_msg_recv ? dlsym(RTLD_NEXT, "zmq_msg_recv") : address, information);
}

static void drop(void *socket)
{
    zmq_msg_t part;
    zmq_msg_init(&part);
    next(&part, socket, ZMQ_DONTWAIT);
    zmq_msg_close(&part);
}

static int type_of(void *socket)
{
    int type = 0;
    size_t size = sizeof type;
    zmq_getsockopt(socket, ZMQ_TYPE, &type, &size);
    return type;
}

static int more(void *socket)
{
    int more = 0;
    size_t size = sizeof more;
    zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size);
    return more;
}

int zmq_msg_recv(zmq_msg_t *part, void *socket, int flags)
{
    static void *loses, *lacks_beginning;
    if (next == NULL)
        *(void **)&next = dlsym(RTLD_NEXT, "zmq_msg_recv");
    if (socket != NULL && socket == loses) {
        while (more(socket))
            drop(socket);
        loses = NULL;
        lacks_beginning = type_of(socket) == ZMQ_ROUTER ? socket : NULL;
    }
    int size = next(part, socket, flags);
    if (size >= 0 && socket == lacks_beginning) {
        lacks_beginning = NULL;
        size = next(part, socket, flags);
    }
    if (size == 4 && memcmp(zmq_msg_data(part), "lost", 4) == 0 && zmq_msg_more(part))
        loses = socket;
    return size;
}
