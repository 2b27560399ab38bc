package interop

import "encoding/binary"

// native is a number as this machine has it in memory.
func native(number any) string {
	bytes, err := binary.Append(nil, binary.NativeEndian, number)
	if err != nil {
		panic(err)
	}
	return string(bytes)
}
