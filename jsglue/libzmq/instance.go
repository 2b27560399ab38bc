package libzmq

// #include "instance.h"
import "C"

// Numbers of the classes of instances (enum core_class).
const (
	ContextClass       = int(C.CORE_CONTEXT)
	SocketClass        = int(C.CORE_SOCKET)
	PollerClass        = int(C.CORE_POLLER)
	AuthenticatorClass = int(C.CORE_AUTHENTICATOR)
	MonitorClass       = int(C.CORE_MONITOR)
)
