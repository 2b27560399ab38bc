package jsglue

import "fmt"

func receiveMethod(name, returns, summary string, wrongSize func(int) error) *Function {
	return &Function{
		Name:         name,
		Parameters:   []Parameter{{Name: "flags", Type: Integer, Optional: true}},
		Returns:      returns + " | undefined",
		Summary:      summary,
		wrongSize:    wrongSize,
		explainErrno: refusedReceive,
	}
}

func wrongSize(wanted string, size int) func(int) error {
	return func(received int) error {
		return fmt.Errorf("%s of %d bytes was asked for, but the message has %d bytes. It is lost", wanted, size, received)
	}
}

var receiveMultipartMethod = receiveMethod("recv_multipart", "Uint8Array[]",
	"Receives a message with all its parts, or its remaining parts.", nil)

var receiveIntoMethod = &Function{
	Name: "recv_into",
	Parameters: []Parameter{
		{Name: "buffer", Type: Buffer},
		{Name: "offset", Type: Number, Optional: true},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns:      "number | undefined",
	Summary:      "Receives a message into a buffer, from byte offset on (zmq_recv), and returns the size of the message; bytes beyond the buffer are discarded.",
	explainErrno: refusedReceive,
	refuse: func(c *Call) error {
		return c.function.rangeErrorf("offset must be an integer from 0 to the buffer's %d bytes", len(c.Arguments[0].Bytes))
	},
}

var receiveMessageMethod = &Function{
	Name: "recv_message",
	Parameters: []Parameter{
		{Name: "properties", Type: List, Optional: true},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns:      "Message | undefined",
	Summary:      "Receives a message with some of its properties (zmq_msg_gets), whether another part follows, and its routing id or group.",
	explainErrno: refusedReceive,
	refuse: func(c *Call) error {
		for i, name := range c.Arguments[0].Elements {
			if name.Kind != String {
				return c.function.typeErrorf("properties[%d] must be a string, not %s", i, name.describe())
			}
		}
		return nil
	},
}
