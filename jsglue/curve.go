package jsglue

import (
	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

var curveKeypairFunction = &Function{
	Name:    "curve_keypair",
	Returns: "CurveKeypair",
	Summary: "Makes a pair of keys for CURVE, in Z85 (zmq_curve_keypair).",
	run: func(*Call) (Data, error) {
		public, secret, err := libzmq.CurveKeypair()
		if err != nil {
			return Data{}, asError(err)
		}
		return keypair(public, secret), nil
	},
}

var keypairNames = []string{"public_key", "secret_key"}

func keypair(public, secret string) Data {
	return Data{Kind: Plain, Names: keypairNames, Elements: []Data{text(public), text(secret)}}
}

var curvePublicFunction = &Function{
	Name:       "curve_public",
	Parameters: []Parameter{{Name: "secret_key", Type: Text}},
	Returns:    "string",
	Summary:    "Returns the public key of a secret key, both in Z85 (zmq_curve_public).",
	run: func(c *Call) (Data, error) {
		if err := c.checkKey(0); err != nil {
			return Data{}, err
		}
		public, err := libzmq.CurvePublic(c.Arguments[0].Text)
		return text(public), asError(err)
	},
}

var z85EncodeFunction = &Function{
	Name:       "z85_encode",
	Parameters: []Parameter{{Name: "data", Type: Buffer}},
	Returns:    "string",
	Summary:    "Encodes bytes as text in Z85, five characters for four bytes (zmq_z85_encode).",
	run: func(c *Call) (Data, error) {
		data := c.Arguments[0].Bytes
		if len(data)%4 != 0 {
			return Data{}, c.function.rangeErrorf("data must have a multiple of 4 bytes, not %d", len(data))
		}
		return text(libzmq.Z85Encode(data)), nil
	},
}

var z85DecodeFunction = &Function{
	Name:       "z85_decode",
	Parameters: []Parameter{{Name: "text", Type: Text}},
	Returns:    "Uint8Array",
	Summary:    "Decodes a text in Z85 (zmq_z85_decode).",
	run: func(c *Call) (Data, error) {
		data, ok := libzmq.Z85Decode(c.Arguments[0].Text)
		if !ok {
			return Data{}, c.function.rangeErrorf("text must be Z85: a multiple of 5 of its 85 characters")
		}
		return Data{Kind: Bytes, Bytes: data}, nil
	},
}

const keyBytes = 32

// isKey reports whether a text can be a key of CURVE in Z85.
func isKey(text string) bool {
	key, ok := libzmq.Z85Decode(text)
	return ok && len(key) == keyBytes
}

// checkKey refuses an argument that is no key, in an error that does not show it.
func (c *Call) checkKey(argument int) error {
	if !isKey(c.Arguments[argument].Text) {
		name := c.function.Parameters[argument].Name
		return c.function.rangeErrorf("%s must be a key of 40 characters in Z85, not %d others", name, len(c.Arguments[argument].Text))
	}
	return nil
}
