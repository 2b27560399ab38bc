package jsglue

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A Context is the object behind a script's Context.
type Context struct{ zmq *libzmq.Context }

// Class is Context.
func (c *Context) Class() *Class { return contextClass }

// Pointer is the C structure (core_context *).
func (c *Context) Pointer() unsafe.Pointer { return c.zmq.Pointer() }

// Finalize reports that the engine has dropped the instance. Any goroutine.
func (c *Context) Finalize() { c.zmq.Finalize() }

var contextClass = &Class{
	Name: "Context",
	Constructor: &Function{
		Name:    "Context",
		Returns: "Context",
		Summary: "Makes a context (zmq_ctx_new).",
		run: func(c *Call) (Data, error) {
			context, err := libzmq.NewContext(c.Runtime.Runtime)
			if err != nil {
				return Data{}, asError(err)
			}
			return Data{Kind: Instance, Object: &Context{context}}, nil
		},
	},
}

var contextStatics = []*Function{
	{
		Name:       "shared",
		Parameters: []Parameter{{Name: "name", Type: Text, Optional: true}},
		Returns:    "Context",
		Summary:    "Returns the context that all runtimes of the process share under a name; it ends when all of them have left it.",
		run: func(c *Call) (Data, error) {
			name := strings.Clone(c.Arguments[0].Text)
			if strings.IndexByte(name, 0) >= 0 {
				return Data{}, c.function.typeErrorf("name must not contain a NUL: %q", name)
			}
			context, err := libzmq.SharedContext(c.Runtime.Runtime, name)
			if err != nil {
				return Data{}, asError(err)
			}
			return Data{Kind: Instance, Object: &Context{context}}, nil
		},
	},
}

var contextMethods = []*Function{
	{
		Name:       "socket",
		Parameters: []Parameter{{Name: "type", Type: Integer}},
		Returns:    "Socket",
		Summary:    "Makes a socket of a type (zmq_socket).",
		run:        onContext((*Context).socket),
	},
	{
		Name:       "set",
		Parameters: []Parameter{{Name: "option_name", Type: Integer}, {Name: "option_value", Type: Integer}},
		Returns:    "0",
		Summary:    "Sets an option of the context (zmq_ctx_set); of a shared one once, before its first socket.",
		run: onContext(func(x *Context, c *Call) (Data, error) {
			return success, x.set(int(c.Arguments[0].Int), int(c.Arguments[1].Int))
		}),
	},
	{
		Name:       "get",
		Parameters: []Parameter{{Name: "option_name", Type: Integer}},
		Returns:    "number",
		Summary:    "Reads an option of the context (zmq_ctx_get).",
		run: onContext(func(x *Context, c *Call) (Data, error) {
			value, err := x.zmq.Get(int(c.Arguments[0].Int))
			return number(value), whereEnded(err, "get")
		}),
	},
	{
		Name:    "shutdown",
		Returns: "0",
		Summary: "Makes every call on the context's sockets throw ETERM (zmq_ctx_shutdown). A shared context cannot be shut down.",
		run: onContext(func(x *Context, _ *Call) (Data, error) {
			err := explain(x.zmq.Shutdown(), int(libzmq.EPERM), "shutdown: others may use a shared context; term() leaves it")
			return success, whereEnded(err, "shutdown")
		}),
	},
	{
		Name:       "term",
		Parameters: []Parameter{{Name: "flags", Type: Integer, Optional: true}},
		Returns:    "0 | undefined",
		Summary:    "Ends the context when its sockets are closed and have sent their messages (zmq_ctx_term); leaves a shared context.",
		waitsFor:   (*Call).contextWaitsFor,
	},
	{
		Name:       "@@dispose",
		Parameters: []Parameter{{Name: "flags", Type: Integer, Optional: true}},
		Returns:    "void",
		Summary:    "Closes the open sockets of the context, then calls term().",
		waitsFor:   (*Call).contextWaitsFor,
	},
}

var contextAccessors = []*Accessor{{Name: "closed", Get: &Function{
	Name:    "closed",
	Returns: "boolean",
	Summary: "Whether term() has begun.",
	run: onContext(func(x *Context, _ *Call) (Data, error) {
		return boolean(x.zmq.Terminated()), nil
	}),
}}, property("fd", "number", "The descriptor that becomes readable when the context has ended; -1 before term() has had to wait.")}

// set sets an option. That of a shared context may have a value already.
func (x *Context) set(option, value int) error {
	err := x.zmq.Set(option, value)
	var late *libzmq.OptionError
	if !errors.As(err, &late) {
		return whereEnded(err, "set")
	}
	name := fmt.Sprintf("option %d", option)
	for _, known := range ContextOptions {
		if known.Number == option {
			name = known.Name
		}
	}
	what := name + " cannot be set any more"
	if late.Readable {
		what = fmt.Sprintf("%s is %d, and cannot become %d", name, late.Present, value)
	}
	return explained(libzmq.EBUSY, "set: in the shared context %q %s; its options are set once, before its first socket", late.Name, what)
}

// whereEnded is asError for a call that a context refuses once it has ended.
func whereEnded(err error, call string) error {
	return explain(err, int(libzmq.EFAULT), "%s: the context has ended", call)
}

func onContext(method func(*Context, *Call) (Data, error)) func(*Call) (Data, error) {
	return func(c *Call) (Data, error) { return method(c.This.(*Context), c) }
}

func (x *Context) socket(c *Call) (Data, error) {
	socketType := int(c.Arguments[0].Int)
	if libzmq.IsDraft(socketType) && !libzmq.Has("draft") {
		err := errnoError(int(libzmq.EINVAL))
		err.Message = fmt.Sprintf("%s: socket type %d needs a libzmq with the draft API, and this one is built without", err.Message, socketType)
		return Data{}, err
	}
	if socketType < 0 || socketType > libzmq.CHANNEL {
		return Data{}, explained(libzmq.EINVAL, "socket: no type has the number %d; it takes zmq.PUB and so on", socketType)
	}
	socket, err := x.zmq.NewSocket(socketType)
	var scheduling *libzmq.SchedulingError
	if errors.As(err, &scheduling) {
		err := errnoError(int(scheduling.Errno))
		err.Message += " (the context's THREAD_SCHED_POLICY, THREAD_PRIORITY or THREAD_AFFINITY_CPU_ADD)"
		return Data{}, err
	}
	if err != nil {
		return Data{}, whereEnded(err, "socket")
	}
	made := &Socket{zmq: socket}
	made.trace(TraceSocket, "")
	x.watchPeers(made)
	return Data{Kind: Instance, Object: made}, nil
}

// contextWaitsFor describes the sockets that term() has been waiting for.
func (c *Call) contextWaitsFor() string {
	if context, ok := c.This.(*Context); ok {
		return context.zmq.WaitsFor()
	}
	return ""
}
