package libzmq

import "github.com/pebbe/zmq4"

// CurveKeypair makes keys, in Z85 (zmq_curve_keypair).
func CurveKeypair() (public, secret string, err error) {
	public, secret, err = zmq4.NewCurveKeypair()
	return public, secret, asErrno(err)
}

// CurvePublic is the public key of a secret one, both in Z85 (zmq_curve_public).
func CurvePublic(secret string) (string, error) {
	public, err := zmq4.AuthCurvePublic(secret)
	return public, asErrno(err)
}

const z85Characters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"

// z85Digits are the values of the characters; 85 for any other.
var z85Digits = func() (digits [256]byte) {
	for i := range digits {
		digits[i] = 85
	}
	for i := range z85Characters {
		digits[z85Characters[i]] = byte(i)
	}
	return digits
}()

// Z85Encode encodes 4n bytes as 5n characters of Z85. (zmq4's functions fail on an empty text, and
// do not report whether a text is valid Z85.)
func Z85Encode(data []byte) string {
	encoded := make([]byte, 0, len(data)/4*5)
	for ; len(data) >= 4; data = data[4:] {
		value := uint32(data[0])<<24 | uint32(data[1])<<16 | uint32(data[2])<<8 | uint32(data[3])
		for divisor := uint32(85 * 85 * 85 * 85); divisor > 0; divisor /= 85 {
			encoded = append(encoded, z85Characters[value/divisor%85])
		}
	}
	return string(encoded)
}

// Z85Decode decodes Z85. ok is false if the text is not valid.
func Z85Decode(text string) (data []byte, ok bool) {
	if len(text)%5 != 0 {
		return nil, false
	}
	data = make([]byte, 0, len(text)/5*4)
	for ; len(text) >= 5; text = text[5:] {
		value := uint64(0)
		for i := range 5 {
			digit := z85Digits[text[i]]
			if digit == 85 {
				return nil, false
			}
			value = value*85 + uint64(digit)
		}
		if value > 1<<32-1 {
			return nil, false
		}
		data = append(data, byte(value>>24), byte(value>>16), byte(value>>8), byte(value))
	}
	return data, true
}
