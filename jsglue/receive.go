package jsglue

import (
	"encoding/binary"
	"fmt"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

func receiveMethod(name, returns, summary string, convert func(*libzmq.Message) (Data, error)) *Function {
	return &Function{
		Name:       name,
		Parameters: []Parameter{{Name: "flags", Type: Integer, Optional: true}},
		Returns:    returns + " | undefined",
		Summary:    summary,
		run: onSocket(func(s *Socket, c *Call) (Data, error) {
			message, err := s.receive(c, c.flags(0))
			if message == nil {
				return Data{}, err
			}
			result, err := convert(message)
			if err != nil {
				err = c.function.typeErrorf("%v", err)
			}
			if result.Message == nil {
				message.Close()
			}
			return result, err
		}),
	}
}

// receive receives a message; nil without an error is the result undefined.
func (s *Socket) receive(c *Call, flags int) (*libzmq.Message, error) {
	if received := c.Received; received != nil {
		c.Received = nil
		return received, nil
	}
	message, err := s.receivePart(flags)
	if err != nil {
		return nil, s.again(c, err, flags, receiveTimeout)
	}
	return message, nil
}

// receivePart receives a part that is there, and traces it.
func (s *Socket) receivePart(flags int) (*libzmq.Message, error) {
	message, err := s.zmq.Receive(flags)
	if err != nil || !tracing() {
		return message, err
	}
	more := 0
	if message.More() {
		more = moreFlag
	}
	traceHere(TraceReceive, s, message.Bytes(), more)
	return message, nil
}

var receiveIntoMethod = &Function{
	Name: "recv_into",
	Parameters: []Parameter{
		{Name: "buffer", Type: Buffer},
		{Name: "offset", Type: Number, Optional: true},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns: "number | undefined",
	Summary: "Receives a message into a buffer, from byte offset on (zmq_recv), and returns the message's size; what has no room is lost.",
	run:     onSocket((*Socket).receiveInto),
}

func (s *Socket) receiveInto(c *Call) (Data, error) {
	buffer, offset := c.Arguments[0].Bytes, c.Arguments[1]
	if offset.Kind == Int32 {
		offset.Number = float64(offset.Int)
	}
	if !integral(offset.Number) || offset.Number < 0 || offset.Number > float64(len(buffer)) {
		return Data{}, c.function.rangeErrorf("offset must be an integer from 0 to the buffer's %d bytes", len(buffer))
	}
	message, err := s.receive(c, c.flags(2))
	if message == nil {
		return Data{}, err
	}
	defer message.Close()
	content := message.Bytes()
	copy(buffer[int(offset.Number):], content)
	return size(len(content)), nil
}

func asBytes(message *libzmq.Message) (Data, error) {
	return Data{Kind: Bytes, Message: message}, nil
}

// asString removes one trailing NUL, as that of a C string; other NULs stay.
func asString(message *libzmq.Message) (Data, error) {
	return Data{Kind: String, Message: message}, nil
}

func asInt(message *libzmq.Message) (Data, error) {
	bytes := message.Bytes()
	if len(bytes) != 4 {
		return Data{}, wrongSize("a 32-bit integer", 4, len(bytes))
	}
	return number(int(int32(binary.NativeEndian.Uint32(bytes)))), nil
}

func asBigInt(message *libzmq.Message) (Data, error) {
	bytes := message.Bytes()
	if len(bytes) != 8 {
		return Data{}, wrongSize("a 64-bit integer", 8, len(bytes))
	}
	return bigInt(int64(binary.NativeEndian.Uint64(bytes))), nil
}

func wrongSize(wanted string, size, received int) error {
	return fmt.Errorf("%s of %d bytes was asked for, but the message has %d bytes. It is lost", wanted, size, received)
}

var receiveMessageMethod = &Function{
	Name: "recv_message",
	Parameters: []Parameter{
		{Name: "properties", Type: List},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns: "Message | undefined",
	Summary: "Receives a message with some of its properties (zmq_msg_gets), and whether another part follows.",
	run:     onSocket((*Socket).receiveMessage),
}

var messageNames = []string{"data", "more", "properties"}

func (s *Socket) receiveMessage(c *Call) (Data, error) {
	names := c.Arguments[0].Elements
	for i := range names {
		if names[i].Kind != String {
			return Data{}, c.function.typeErrorf("properties[%d] must be a string, not %s", i, names[i].describe())
		}
	}
	message, err := s.receive(c, c.flags(1))
	if message == nil {
		return Data{}, err
	}
	properties := Data{Kind: Array, Elements: make([]Data, len(names))}
	for i := range names {
		properties.Elements[i] = Data{Kind: Null}
		if value, ok := message.Property(names[i].Text); ok {
			properties.Elements[i] = text(value)
		}
	}
	return Data{Kind: Object, Names: messageNames, Elements: []Data{
		{Kind: Bytes, Message: message}, boolean(message.More()), properties,
	}}, nil
}
