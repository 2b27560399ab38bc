package libzmq

// #include <errno.h>
// #include <zmq.h>
import "C"

// Error numbers of the system as in C; Go has others on Windows.
const (
	EACCES          = Errno(C.EACCES)
	EADDRINUSE      = Errno(C.EADDRINUSE)
	EADDRNOTAVAIL   = Errno(C.EADDRNOTAVAIL)
	EAFNOSUPPORT    = Errno(C.EAFNOSUPPORT)
	EAGAIN          = Errno(C.EAGAIN)
	EBADF           = Errno(C.EBADF)
	EBUSY           = Errno(C.EBUSY)
	ECANCELED       = Errno(C.ECANCELED)
	ECONNABORTED    = Errno(C.ECONNABORTED)
	ECONNREFUSED    = Errno(C.ECONNREFUSED)
	ECONNRESET      = Errno(C.ECONNRESET)
	EEXIST          = Errno(C.EEXIST)
	EFAULT          = Errno(C.EFAULT)
	EHOSTUNREACH    = Errno(C.EHOSTUNREACH)
	EINPROGRESS     = Errno(C.EINPROGRESS)
	EINTR           = Errno(C.EINTR)
	EINVAL          = Errno(C.EINVAL)
	EISDIR          = Errno(C.EISDIR)
	EMFILE          = Errno(C.EMFILE)
	EMSGSIZE        = Errno(C.EMSGSIZE)
	ENETDOWN        = Errno(C.ENETDOWN)
	ENETRESET       = Errno(C.ENETRESET)
	ENETUNREACH     = Errno(C.ENETUNREACH)
	ENFILE          = Errno(C.ENFILE)
	ENOBUFS         = Errno(C.ENOBUFS)
	ENODEV          = Errno(C.ENODEV)
	ENOENT          = Errno(C.ENOENT)
	ENOMEM          = Errno(C.ENOMEM)
	ENOTCONN        = Errno(C.ENOTCONN)
	ENOTSOCK        = Errno(C.ENOTSOCK)
	ENOTSUP         = Errno(C.ENOTSUP)
	EPERM           = Errno(C.EPERM)
	EPROTO          = Errno(C.EPROTO)
	EPROTONOSUPPORT = Errno(C.EPROTONOSUPPORT)
	ETIMEDOUT       = Errno(C.ETIMEDOUT)
)

// HAUSNUMERO is the first of the error numbers that libzmq adds to the system's (ZMQ_HAUSNUMERO).
const HAUSNUMERO = Errno(C.ZMQ_HAUSNUMERO)

// Error numbers of libzmq.
const (
	EFSM           = Errno(C.EFSM)
	EMTHREAD       = Errno(C.EMTHREAD)
	ENOCOMPATPROTO = Errno(C.ENOCOMPATPROTO)
	ETERM          = Errno(C.ETERM)
)
