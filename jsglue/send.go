package jsglue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"syscall"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

const dontWait = 1 // ZMQ_DONTWAIT

var sendMethod = &Function{
	Name: "send",
	Parameters: []Parameter{
		{Name: "data", Type: Sendable},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns: "number | undefined",
	Summary: "Sends a message (zmq_send).",
	run:     onSocket((*Socket).send),
}

func (s *Socket) send(c *Call) (Data, error) {
	var scratch [8]byte
	message, err := encode(&c.Arguments[0], &scratch)
	if err != nil {
		return Data{}, c.function.rangeErrorf("data %v", err)
	}
	flags := c.flags(1)
	if c.Result != 0 {
		s.zmq.Refresh()
	}
	err = s.zmq.Send(message, flags)
	if err == nil {
		traceHere(TraceSend, s, message, flags&sendMore)
		return size(len(message)), nil
	}
	return Data{}, s.sendAgain(c, err, message, flags)
}

// sendAgain is again for a message that found no room.
func (s *Socket) sendAgain(c *Call, err error, message []byte, flags int) error {
	if c.Result == 0 && errors.Is(err, libzmq.Errno(syscall.EAGAIN)) {
		traceHere(TraceFull, s, message, flags)
	}
	return s.again(c, err, flags, sendTimeout)
}

// again decides what to do about a failed send or receive: on EAGAIN the call waits,
// unless it must not or has waited long enough; then the error is nil and the
// result undefined.
func (s *Socket) again(c *Call, err error, flags, timeoutOption int) error {
	if !errors.Is(err, libzmq.Errno(syscall.EAGAIN)) {
		return s.refused(c, err, timeoutOption == sendTimeout)
	}
	if flags&dontWait != 0 || c.timedOut() {
		return nil
	}
	if c.Result == 0 {
		timeout, err := s.intOption(timeoutOption)
		if err != nil {
			return asError(err)
		}
		if timeout == 0 {
			return nil
		}
		c.startDeadline(timeout)
	}
	return c.blockUntil(s.zmq.Ready(c.Deadline))
}

var errBeyond64Bits = errors.New("must fit 64 bits")

// encode is the bytes that a value is sent as, or set as an option: integers in the
// machine's byte order, 4 bytes if they fit and 8 if not; scratch is their room. Only null
// is nil: an empty string or buffer is an empty slice that is not. The error says what the
// value must be.
func encode(d *Data, scratch *[8]byte) ([]byte, error) {
	switch d.Kind {
	case Boolean, Int32:
		return binary.NativeEndian.AppendUint32(scratch[:0], uint32(d.Int)), nil
	case Double:
		if !integral(d.Number) {
			return nil, fmt.Errorf("must be an integer, not %s; other numbers can go as strings or bytes", d.literal())
		}
		if d.Number < math.MinInt64 || d.Number >= math.MaxInt64 {
			return nil, errBeyond64Bits
		}
		return binary.NativeEndian.AppendUint64(scratch[:0], uint64(int64(d.Number))), nil
	case BigInt:
		if d.Truncated {
			return nil, errBeyond64Bits
		}
		return binary.NativeEndian.AppendUint64(scratch[:0], uint64(d.Int)), nil
	case String:
		return notNil(unsafe.Slice(unsafe.StringData(d.Text), len(d.Text))), nil
	case Bytes:
		return notNil(d.Bytes), nil
	}
	return nil, nil
}

func notNil(content []byte) []byte {
	if content == nil {
		return []byte{}
	}
	return content
}
