package jsglue

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// An option's value is checked against the option, whose name the error bears.
const optionValue = Sendable | 1<<Undefined | 1<<Instance | 1<<Array | 1<<Plain

var setOptionMethod = &Function{
	Name:       "setsockopt",
	Parameters: []Parameter{{Name: "option_name", Type: Integer}, {Name: "option_value", Type: optionValue}},
	Returns:    "0",
	Summary:    "Sets an option (zmq_setsockopt).",
	run:        onSocket((*Socket).setOption),
}

// subscriptions are the options that subscribe to topics and end that.
var subscriptions = map[int]TraceKind{libzmq.SUBSCRIBE: TraceSubscribe, libzmq.UNSUBSCRIBE: TraceUnsubscribe}

func (s *Socket) setOption(c *Call) (Data, error) {
	number, value := int(c.Arguments[0].Int), &c.Arguments[1]
	option := optionsByNumber[number]
	var scratch [8]byte
	content, err := c.function.optionContent(option, number, value, &scratch)
	if err != nil {
		return Data{}, err
	}
	err = s.zmq.SetOption(number, content)
	if kind, ok := subscriptions[number]; ok && err == nil {
		s.traceSubscription(kind, content)
	}
	return success, explainInvalid(err, "setsockopt", number, func() string {
		return whySetFails(option, value, s.zmq.Type())
	})
}

// optionContent returns the bytes that zmq_setsockopt gets for a value; option is nil for a number
// that no option of the table has: its value is sent as it is.
func (f *Function) optionContent(option *Option, number int, value *Data, scratch *[8]byte) ([]byte, error) {
	name, wanted := fmt.Sprintf("option %d", number), "a number, boolean, bigint, string, bytes or null"
	if option != nil {
		name, wanted = option.Name, option.Type.describe()
	}
	switch {
	case Sendable&(1<<value.Kind) == 0:
	case option == nil, option.Type == BinaryOption:
		content, err := encode(value, scratch)
		if err != nil {
			return nil, f.rangeErrorf("%s %v", name, err)
		}
		return content, nil
	case value.Kind == Null && (option.Null || option.Type >= StringOption):
		return nil, nil
	case option.Type >= StringOption:
		if value.Kind != String && value.Kind != Bytes {
			break
		}
		content, _ := encode(value, scratch)
		if option.Type == StringOption && strings.IndexByte(string(content), 0) >= 0 {
			return nil, f.typeErrorf("%s must not contain a NUL", name)
		}
		return content, nil
	case value.Kind == Boolean || value.Kind == Int32 || value.Kind == Double || value.Kind == BigInt:
		content, ok := option.Type.integer(value, scratch)
		if !ok {
			return nil, f.rangeErrorf("%s must be %s, not %s", name, wanted, value.literal())
		}
		return content, nil
	}
	return nil, f.typeErrorf("%s must be %s, not %s", name, wanted, value.describe())
}

// integer is a number in the size of an option; false if it does not fit.
func (t OptionType) integer(d *Data, scratch *[8]byte) ([]byte, bool) {
	value, unsigned := d.Int, d.Unsigned
	if d.Kind == Double {
		if !integral(d.Number) || d.Number < math.MinInt64 || d.Number >= math.MaxInt64 {
			return nil, false
		}
		value = int64(d.Number)
	}
	if d.Truncated {
		return nil, false
	}
	switch t {
	case Int64Option:
		return binary.NativeEndian.AppendUint64(scratch[:0], uint64(value)), !unsigned
	case Uint64Option:
		return binary.NativeEndian.AppendUint64(scratch[:0], uint64(value)), unsigned || value >= 0
	}
	return binary.NativeEndian.AppendUint32(scratch[:0], uint32(value)), !unsigned && int64(int32(value)) == value
}

// whySetFails goes on from "setsockopt", for an EINVAL.
func whySetFails(option *Option, value *Data, socketType int) string {
	which, taken := option.takes(socketType)
	switch {
	case !taken:
		return fmt.Sprintf(": only a %s takes %s, not a %s", which, option.Name, libzmq.TypeName(socketType))
	case !option.Writable:
		return ": " + option.Name + " is read-only"
	case option.Type == KeyOption:
		return " " + option.Name + "; it takes 40 characters of Z85, or 32 bytes"
	case option.Range == "":
		return " " + option.Name
	case option.Type < StringOption && value.Kind != Double:
		return fmt.Sprintf(" %s = %d; it takes %s", option.Name, value.Int, option.Range)
	}
	return fmt.Sprintf(" %s; it takes %s", option.Name, option.Range)
}
