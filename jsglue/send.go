package jsglue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unsafe"
)

var sendMethod = &Function{
	Name: "send",
	Parameters: []Parameter{
		{Name: "data", Type: Sendable, Lends: true},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns:      "number | undefined",
	Summary:      "Sends a message (zmq_send).",
	explainErrno: refusedSend,
	refuse:       func(c *Call) error { return c.refuseData(0) },
}

// refuseData explains why an argument cannot be sent.
func (c *Call) refuseData(index int) error {
	var scratch [8]byte
	if _, err := encode(&c.Arguments[index], &scratch); err != nil {
		return c.function.rangeErrorf("data %v", err)
	}
	return nil
}

var sendMultipartMethod = &Function{
	Name: "send_multipart",
	Parameters: []Parameter{
		{Name: "parts", Type: List, Lends: true},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns:      "number | undefined",
	Summary:      "Sends a message of several parts, all or none of them, and returns its size in bytes.",
	explainErrno: refusedSend,
	refuse: func(c *Call) error {
		var scratch [8]byte
		elements := c.Arguments[0].Elements
		if len(elements) == 0 {
			return c.function.typeErrorf("parts must not be empty")
		}
		for i := range elements {
			if _, err := encode(&elements[i], &scratch); err != nil {
				return c.function.rangeErrorf("parts[%d] %v", i, err)
			}
		}
		return nil
	},
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
