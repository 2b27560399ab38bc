package jsglue

const sendMore = 2 // ZMQ_SNDMORE

var sendMultipartMethod = &Function{
	Name: "send_multipart",
	Parameters: []Parameter{
		{Name: "parts", Type: List},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns: "number | undefined",
	Summary: "Sends a message of several parts, all or none of them, and returns its size in bytes.",
	run:     onSocket((*Socket).sendMultipart),
}

func (s *Socket) sendMultipart(c *Call) (Data, error) {
	parts, total, err := encodeParts(c)
	if err != nil {
		return Data{}, err
	}
	flags := c.flags(1)
	if c.Result != 0 {
		s.zmq.Refresh()
	}
	if err := s.zmq.SendParts(parts, flags); err != nil {
		return Data{}, s.sendAgain(c, err, parts[0], flags)
	}
	for i, part := range parts {
		partFlags := flags
		if i < len(parts)-1 {
			partFlags |= sendMore
		}
		traceHere(TraceSend, s, part, partFlags&sendMore)
	}
	return size(total), nil
}

// encodeParts is the content of each part, and their size together.
func encodeParts(c *Call) (parts [][]byte, total int, err error) {
	elements := c.Arguments[0].Elements
	if len(elements) == 0 {
		return nil, 0, c.function.typeErrorf("parts must not be empty")
	}
	parts, scratch := make([][]byte, len(elements)), make([][8]byte, len(elements))
	for i := range elements {
		if parts[i], err = encode(&elements[i], &scratch[i]); err != nil {
			return nil, 0, c.function.rangeErrorf("parts[%d] %v", i, err)
		}
		total += len(parts[i])
	}
	return parts, total, nil
}

var receiveMultipartMethod = &Function{
	Name:       "recv_multipart",
	Parameters: []Parameter{{Name: "flags", Type: Integer, Optional: true}},
	Returns:    "Uint8Array[] | undefined",
	Summary:    "Receives a message with all its parts, or what is left of them.",
	run: onSocket(func(s *Socket, c *Call) (Data, error) {
		return s.receiveMultipart(c, c.flags(0))
	}),
}

// receiveMultipart waits for the first part only: libzmq has the others with it.
func (s *Socket) receiveMultipart(c *Call, flags int) (Data, error) {
	message, err := s.receive(c, flags)
	if message == nil {
		return Data{}, err
	}
	parts := Data{Kind: Array, Elements: []Data{{Kind: Bytes, Message: message}}}
	for message.More() {
		if message, err = s.receivePart(flags); err != nil {
			parts.Release()
			return Data{}, asError(err)
		}
		parts.Elements = append(parts.Elements, Data{Kind: Bytes, Message: message})
	}
	return parts, nil
}
