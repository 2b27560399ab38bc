package jsglue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"syscall"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

var setOptionMethod = &Function{
	Name:       "setsockopt",
	Parameters: []Parameter{{Name: "option_name", Type: Integer}, {Name: "option_value", Type: Sendable}},
	Returns:    "0",
	Summary:    "Sets an option (zmq_setsockopt).",
	run:        onSocket((*Socket).setOption),
}

// setOption writes an integer in the size that its option has; an option that is not
// an integer gets the value's bytes.
func (s *Socket) setOption(c *Call) (Data, error) {
	option, value := int(c.Arguments[0].Int), c.Arguments[1]
	var scratch [8]byte
	content, err := encode(&value, &scratch)
	if err != nil {
		return Data{}, err
	}
	if optionTypes[option] == int64Type && (value.Kind == Int32 || value.Kind == Boolean) {
		content = binary.NativeEndian.AppendUint64(scratch[:0], uint64(value.Int))
	}
	return success, asError(s.zmq.SetOption(option, content))
}

func getOptionMethod(name, returns, summary string, read func(*Socket, int) (Data, error)) *Function {
	return &Function{
		Name:       name,
		Parameters: []Parameter{{Name: "option_name", Type: Integer}},
		Returns:    returns,
		Summary:    summary,
		run: onSocket(func(s *Socket, c *Call) (Data, error) {
			result, err := read(s, int(c.Arguments[0].Int))
			return result, asError(err)
		}),
	}
}

func anyOption(s *Socket, option int) (Data, error) {
	switch optionTypes[option] {
	case int64Type:
		return bigIntOption(s, option)
	case stringType, binaryType, keyType:
		return stringOption(s, option)
	}
	return intOption(s, option)
}

func (s *Socket) intOption(option int) (int, error) {
	var value [4]byte
	if err := s.fixedOption(option, value[:], "a 32-bit integer"); err != nil {
		return 0, err
	}
	return int(int32(binary.NativeEndian.Uint32(value[:]))), nil
}

func intOption(s *Socket, option int) (Data, error) {
	value, err := s.intOption(option)
	return number(value), err
}

func bigIntOption(s *Socket, option int) (Data, error) {
	var value [8]byte
	err := s.fixedOption(option, value[:], "a 64-bit integer")
	return bigInt(int64(binary.NativeEndian.Uint64(value[:]))), err
}

// fixedOption reads an option that must have exactly the size of value.
func (s *Socket) fixedOption(option int, value []byte, wanted string) error {
	size, err := s.zmq.GetOption(option, value)
	if err == nil && size != len(value) {
		return &Error{
			Class:   TypeError,
			Message: fmt.Sprintf("option %d is not %s: it has %d bytes", option, wanted, size),
		}
	}
	return err
}

func stringOption(s *Socket, option int) (Data, error) {
	value, err := s.wholeOption(option)
	if optionTypes[option] != binaryType {
		value = withoutTerminator(value)
	}
	return text(string(value)), err
}

func bytesOption(s *Socket, option int) (Data, error) {
	value, err := s.wholeOption(option)
	return Data{Kind: Bytes, Bytes: value}, err
}

// A CURVE key is text of this size with its NUL; libzmq gives it so only for exactly
// this size of buffer.
const keyTextSize = 41

// The longest option that is read: no option of libzmq comes near it.
const longestOption = 1 << 20

// wholeOption reads an option of any size.
func (s *Socket) wholeOption(option int) ([]byte, error) {
	size := 256
	if optionTypes[option] == keyType {
		size = keyTextSize
	}
	for {
		value := make([]byte, size)
		got, err := s.zmq.GetOption(option, value)
		tooSmall := errors.Is(err, libzmq.Errno(syscall.EINVAL)) && size > keyTextSize && size < longestOption
		if !tooSmall {
			return value[:min(got, size)], err
		}
		size *= 16
	}
}
