package jsglue

import (
	"errors"
	"fmt"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// An OptionType is the type of a socket option's value.
type OptionType int

// The types of options.
const (
	IntOption     OptionType = iota // int
	BooleanOption                   // int: 0 or 1
	Int64Option                     // int64_t
	Uint64Option                    // uint64_t
	StringOption                    // text without NULs; zmq_getsockopt ends it with one
	BinaryOption                    // bytes
	KeyOption                       // a CURVE key: text in Z85, or 32 bytes
)

// An Option is an option of sockets or of contexts.
type Option struct {
	Name     string // that of its constant
	Number   int
	Type     OptionType
	Readable bool
	Writable bool
	Null     bool   // null removes the value; always so if the type is no integer
	Range    string // which values libzmq takes; "" for any
	Unit     string // "ms" or the like; "" for none
	Default  string // "" for none, or an empty one
	Since    string // the version of libzmq that brought it; "" for 4.1 or older
	Draft    bool   // only a libzmq that is built with the draft API has it
	Needs    string // the capability of libzmq that it is of, for zmq.has(); or ""
	Summary  string // its effect
}

// optionAliases are older names of options: they stand for the same numbers.
var optionAliases = map[string]string{
	"IDENTITY":                "ROUTING_ID",
	"CONNECT_RID":             "CONNECT_ROUTING_ID",
	"DELAY_ATTACH_ON_CONNECT": "IMMEDIATE",
	"FAIL_UNROUTABLE":         "ROUTER_MANDATORY",
	"ROUTER_BEHAVIOR":         "ROUTER_MANDATORY",
}

var optionsByNumber = func() map[int]*Option {
	options := map[int]*Option{}
	for i := range SocketOptions {
		options[SocketOptions[i].Number] = &SocketOptions[i]
	}
	return options
}()

// describe names the values of an option of the type, for error texts.
func (t OptionType) describe() string {
	switch t {
	case IntOption, BooleanOption:
		return "a 32-bit integer"
	case Int64Option:
		return "a 64-bit integer"
	case Uint64Option:
		return "an unsigned 64-bit integer"
	}
	return "a string, bytes or null"
}

// getter is the method that reads an option of the type.
func (t OptionType) getter() string {
	switch t {
	case IntOption, BooleanOption:
		return "getsockopt_int"
	case Int64Option, Uint64Option:
		return "getsockopt_bigint"
	}
	return "getsockopt_str"
}

// IsInt reports whether the option is read by getsockopt_int.
func (o *Option) IsInt() bool { return o.Type.getter() == "getsockopt_int" }

// lacking reports whether this libzmq is known not to have the option.
func (o *Option) lacking() bool {
	if o.Draft && !libzmq.Has("draft") || o.Needs != "" && !libzmq.Has(o.Needs) {
		return true
	}
	var since, version [3]int
	_, _ = fmt.Sscanf(o.Since, "%d.%d.%d", &since[0], &since[1], &since[2]) // "" is 0.0.0
	version[0], version[1], version[2] = libzmq.Version()
	for i := range since {
		if since[i] != version[i] {
			return since[i] > version[i]
		}
	}
	return false
}

func (o *Option) lack() string {
	major, minor, patch := libzmq.Version()
	reason := ""
	if o.Needs != "" && !libzmq.Has(o.Needs) {
		reason = fmt.Sprintf(": it is built without %s; see zmq.has(%q)", o.Needs, o.Needs)
	} else if o.Draft {
		reason = ", or is built without the draft API that has it"
	}
	return fmt.Sprintf("libzmq %d.%d.%d lacks %s%s", major, minor, patch, o.Name, reason)
}

// explainInvalid is asError for a call on an option; it says more about an EINVAL. why
// goes on from the call's name, for an option that libzmq has.
func explainInvalid(err error, call string, number int, why func() string) error {
	var refusal *libzmq.RefusalError
	refused := errors.As(err, &refusal)
	err = asError(err)
	invalid, ok := err.(*Error)
	if !ok || invalid.Errno != int(libzmq.EINVAL) {
		return err
	}
	switch option := optionsByNumber[number]; {
	case option == nil:
		call += fmt.Sprintf(" option %d", number)
	case refused:
		call += " " + option.Name
	case option.lacking():
		call += ": " + option.lack()
	default:
		call += why()
	}
	invalid.Message += " (" + call + ")"
	return err
}

// The options that the module itself reads and writes.
const (
	descriptorOption   = libzmq.FD
	eventsOption       = libzmq.EVENTS
	lingerOption       = libzmq.LINGER
	receiveTimeout     = libzmq.RCVTIMEO
	sendTimeout        = libzmq.SNDTIMEO
	lastEndpointOption = libzmq.LastEndpoint
)
