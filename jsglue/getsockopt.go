package jsglue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

func getOptionMethod(name, returns, summary string, read func(*Call, *Socket, int) (Data, error)) *Function {
	return &Function{
		Name:       name,
		Parameters: []Parameter{{Name: "option_name", Type: Integer}},
		Returns:    returns,
		Summary:    summary,
		run: onSocket(func(s *Socket, c *Call) (Data, error) {
			number := int(c.Arguments[0].Int)
			result, err := read(c, s, number)
			err = asError(err)
			if invalid, ok := err.(*Error); ok && invalid.Errno == int(syscall.EINVAL) {
				invalid.Message += " (" + whyGetFails(optionsByNumber[number], number) + ")"
			}
			return result, err
		}),
	}
}

// whyGetFails says more about an EINVAL of zmq_getsockopt.
func whyGetFails(option *Option, number int) string {
	switch {
	case option == nil:
		return fmt.Sprintf("getsockopt option %d", number)
	case option.lacking():
		return "getsockopt: " + option.lack()
	case !option.Readable:
		return fmt.Sprintf("getsockopt: %s is write-only", option.Name)
	}
	return "getsockopt " + option.Name
}

func anyOption(c *Call, s *Socket, number int) (Data, error) {
	option := optionsByNumber[number]
	if option == nil {
		return Data{}, c.function.typeErrorf("option %d is unknown: read it by getsockopt_int, getsockopt_bigint, "+
			"getsockopt_str or getsockopt_uint8ffarray", number)
	}
	switch option.Type {
	case IntOption, BooleanOption:
		return intOption(c, s, number)
	case Int64Option, Uint64Option:
		return bigIntOption(c, s, number)
	}
	return stringOption(c, s, number)
}

// mustBe refuses to read an option of the table as another type.
func mustBe(c *Call, number int, types ...OptionType) error {
	option := optionsByNumber[number]
	if option == nil {
		return nil
	}
	for _, allowed := range types {
		if option.Type == allowed {
			return nil
		}
	}
	return c.function.typeErrorf("%s is %s: read it by %s", option.Name, strings.TrimSuffix(option.Type.describe(), ", bytes or null"), option.Type.getter())
}

func intOption(c *Call, s *Socket, option int) (Data, error) {
	if err := mustBe(c, option, IntOption, BooleanOption); err != nil {
		return Data{}, err
	}
	value, err := s.intOption(option)
	return number(value), err
}

func bigIntOption(c *Call, s *Socket, option int) (Data, error) {
	if err := mustBe(c, option, Int64Option, Uint64Option); err != nil {
		return Data{}, err
	}
	var value [8]byte
	err := s.fixedOption(option, value[:], "a 64-bit integer")
	result := bigInt(int64(binary.NativeEndian.Uint64(value[:])))
	known := optionsByNumber[option]
	result.Unsigned = known != nil && known.Type == Uint64Option && result.Int < 0
	return result, err
}

func stringOption(c *Call, s *Socket, option int) (Data, error) {
	if err := mustBe(c, option, StringOption, BinaryOption, KeyOption); err != nil {
		return Data{}, err
	}
	return s.textOption(option)
}

func bytesOption(_ *Call, s *Socket, option int) (Data, error) {
	sizes := []int{firstOptionSize, 8, 4}
	if known := optionsByNumber[option]; known != nil {
		switch known.Type {
		case IntOption, BooleanOption:
			sizes = []int{4}
		case Int64Option, Uint64Option:
			sizes = []int{8}
		case KeyOption:
			sizes = []int{keySize}
		default:
			sizes = sizes[:1]
		}
	}
	value, err := s.wholeOption(option, sizes...)
	if known := optionsByNumber[option]; known != nil && known.Type == StringOption {
		value = withoutTerminator(value)
	}
	return Data{Kind: Bytes, Bytes: value}, err
}

func (s *Socket) intOption(option int) (int, error) {
	var value [4]byte
	if err := s.fixedOption(option, value[:], "a 32-bit integer"); err != nil {
		return 0, err
	}
	return int(int32(binary.NativeEndian.Uint32(value[:]))), nil
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

func (s *Socket) textOption(option int) (Data, error) {
	size, known := firstOptionSize, optionsByNumber[option]
	if known != nil && known.Type == KeyOption {
		size = keyTextSize
	}
	value, err := s.wholeOption(option, size)
	if known == nil || known.Type != BinaryOption {
		value = withoutTerminator(value)
	}
	return text(string(value)), err
}

const (
	// libzmq gives a CURVE key for exactly these sizes of buffer: as text with its NUL,
	// or as it is.
	keyTextSize = 41
	keySize     = 32

	firstOptionSize = 256
	// The longest option that is read: no option of libzmq comes near it.
	longestOption = 1 << 20
)

// wholeOption reads an option of any size: it tries the sizes, and from the first, if
// that is firstOptionSize, longer ones.
func (s *Socket) wholeOption(option int, sizes ...int) ([]byte, error) {
	var value []byte
	var size int
	var err error
	if sizes[0] == firstOptionSize {
		for longer := 16 * firstOptionSize; longer <= longestOption; longer *= 16 {
			sizes = append(sizes, longer)
		}
	}
	for _, length := range sizes {
		value = make([]byte, length)
		size, err = s.zmq.GetOption(option, value)
		if !errors.Is(err, libzmq.Errno(syscall.EINVAL)) {
			break
		}
	}
	return value[:min(size, len(value))], err
}
