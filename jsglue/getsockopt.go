package jsglue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

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
			return result, explainGet(err, number)
		}),
	}
}

func explainGet(err error, number int) error {
	return explainInvalid(err, "getsockopt", number, func() string {
		option := optionsByNumber[number]
		if !option.Readable {
			return ": " + option.Name + " is write-only"
		}
		return " " + option.Name
	})
}

// getIntMethod reads options in C.
var getIntMethod = &Function{
	Name:       "getsockopt_int",
	Parameters: []Parameter{{Name: "option_name", Type: Integer}},
	Returns:    "number",
	Summary:    "Reads an option that is a 32-bit integer.",
	refuse:     wrongOptionType,
	explainErrno: func(c *Call, err error) error {
		return explainGet(err, int(c.Arguments[0].Int))
	},
}

// optionReaders read an option as one type; by the methods that do so.
var optionReaders = map[string]func(*Socket, int) (Data, error){
	"getsockopt_int":    (*Socket).intOptionData,
	"getsockopt_bigint": (*Socket).bigIntOption,
	"getsockopt_str":    (*Socket).textOption,
}

// anyOption reads an option as the type that it has.
func anyOption(c *Call, s *Socket, number int) (Data, error) {
	option := optionsByNumber[number]
	if option == nil {
		return Data{}, c.function.typeErrorf("option %d is unknown: read it by getsockopt_int, getsockopt_bigint, "+
			"getsockopt_str or getsockopt_uint8ffarray", number)
	}
	return optionReaders[option.Type.getter()](s, number)
}

// typedOption reads an option as the type of the method; one of the table must have it.
func typedOption(c *Call, s *Socket, number int) (Data, error) {
	if err := wrongOptionType(c); err != nil {
		return Data{}, err
	}
	return optionReaders[c.function.Name](s, number)
}

// wrongOptionType reports that an option of the table has another type than the method reads.
func wrongOptionType(c *Call) error {
	option := optionsByNumber[int(c.Arguments[0].Int)]
	if option == nil || option.Type.getter() == c.function.Name {
		return nil
	}
	return c.otherType(option)
}

// otherType is the error of a method that reads options of another type.
func (c *Call) otherType(option *Option) error {
	return c.function.typeErrorf("%s is %s: read it by %s", option.Name,
		strings.TrimSuffix(option.Type.describe(), ", bytes or null"), option.Type.getter())
}

func (s *Socket) intOptionData(option int) (Data, error) {
	value, err := s.intOption(option)
	return number(value), err
}

func (s *Socket) bigIntOption(option int) (Data, error) {
	var value [8]byte
	err := s.fixedOption(option, value[:], "a 64-bit integer")
	result := bigInt(int64(binary.NativeEndian.Uint64(value[:])))
	known := optionsByNumber[option]
	result.Unsigned = known != nil && known.Type == Uint64Option && result.Int < 0
	return result, err
}

// bytesOption reads an option whose type, if it is known, is a string or bytes.
func bytesOption(c *Call, s *Socket, option int) (Data, error) {
	sizes, known := []int{firstOptionSize, 8, 4}, optionsByNumber[option]
	switch {
	case known == nil:
	case known.Type.getter() != "getsockopt_str":
		return Data{}, c.otherType(known)
	case known.Type == KeyOption:
		sizes = []int{keySize}
	default:
		sizes = sizes[:1]
	}
	value, err := s.wholeOption(option, sizes...)
	if known != nil && known.Type == StringOption {
		value = withoutTerminator(value)
	}
	return Data{Kind: Bytes, Bytes: value}, err
}

func (s *Socket) intOption(option int) (int, error) {
	value, size, err := s.zmq.GetInt(option)
	if err == nil && size != 4 {
		err = wrongOptionSize(option, "a 32-bit integer", size)
	}
	return value, err
}

func wrongOptionSize(option int, wanted string, size int) *Error {
	return &Error{
		Class:   TypeError,
		Message: fmt.Sprintf("option %d is not %s: it has %d bytes", option, wanted, size),
	}
}

// fixedOption reads an option that must have exactly the size of value.
func (s *Socket) fixedOption(option int, value []byte, wanted string) error {
	size, err := s.zmq.GetOption(option, value)
	if err == nil && size != len(value) {
		return wrongOptionSize(option, wanted, size)
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
		if !errors.Is(err, libzmq.EINVAL) {
			break
		}
	}
	return value[:min(size, len(value))], err
}
