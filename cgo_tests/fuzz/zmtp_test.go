package fuzz

import (
	"encoding/binary"
	"math/rand/v2"
	"strings"
)

// The types of peers, by their names in ZMTP.
var counterparts = map[string]string{
	"PAIR": "PAIR", "PUB": "SUB", "SUB": "PUB", "REQ": "REP", "REP": "REQ", "DEALER": "ROUTER",
	"ROUTER": "DEALER", "PULL": "PUSH", "PUSH": "PULL", "XPUB": "SUB", "XSUB": "PUB", "STREAM": "",
}

func greeting(mechanism string) string {
	return "\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x00" + mechanism +
		strings.Repeat("\x00", 20-len(mechanism)) + strings.Repeat("\x00", 32)
}

func frame(flags byte, body string) string {
	if len(body) > 255 {
		return string([]byte{flags | 2}) + string(binary.BigEndian.AppendUint64(nil, uint64(len(body)))) + body
	}
	return string([]byte{flags, byte(len(body))}) + body
}

func property(name, value string) string {
	return string([]byte{byte(len(name))}) + name + string(binary.BigEndian.AppendUint32(nil, uint32(len(value)))) + value
}

func ready(socketType string) string {
	return frame(4, "\x05READY"+property("Socket-Type", socketType)+property("Identity", ""))
}

// conversation is the output of a good peer of a socket, in steps.
func conversation(ours, body string) []string {
	if ours == "STREAM" {
		return []string{body}
	}
	steps := []string{greeting("NULL"), ready(counterparts[ours])}
	switch ours {
	case "PUB", "XPUB":
		return append(steps, frame(0, "\x01"))
	case "REP":
		return append(steps, frame(1, "")+frame(0, body))
	case "PUSH":
		return steps
	}
	return append(steps, frame(0, body))
}

var commands = []string{
	"\x04PING\x00\x0acontext", "\x04PONGcontext", "\x05ERROR\x05wrong", "\x09SUBSCRIBEa", "\x06CANCELa",
	"\x05HELLO\x04user\x04pass", "\x07WELCOME", "\x08INITIATE", "\x04JOINgroup", "\x05LEAVEgroup", "\x00", "",
	"\x05READY", "\x05READY\x0bSocket-Type\xff\xff\xff\xff", "\xffREADY",
}

// junk is a conversation that goes wrong somewhere.
func junk(r *rand.Rand, ours string) (steps []string, frames int) {
	steps = conversation(ours, "junk")
	frames = len(steps)
	if r.IntN(2) == 0 && ours != "STREAM" {
		text, count := stream(r)
		steps = append(steps[:2], text)
		if r.IntN(4) > 0 {
			return steps, frames + count
		}
		frames += count
	}
	if r.IntN(4) == 0 {
		steps[0] = greeting([]string{"PLAIN", "CURVE", "GSSAPI", "", "NOTHING"}[r.IntN(5)])
	}
	for range r.IntN(4) {
		steps = append(steps, frame(4, commands[r.IntN(len(commands))]))
	}
	for range r.IntN(5) {
		mutate(r, steps)
	}
	if r.IntN(3) == 0 { // a cut at any stage
		steps = steps[:r.IntN(len(steps)+1)]
	}
	return steps, frames
}

// stream is the output after a good handshake: an endless sequence of frames, most of them valid.
// It returns their number.
func stream(r *rand.Rand) (text string, frames int) {
	var made strings.Builder
	frames = 1 + r.IntN(200)
	for range frames {
		switch kind := r.IntN(32); {
		case kind < 4:
			made.WriteString(frame(4, commands[r.IntN(len(commands))]))
		case kind < 8: // a subscription, as messages have it
			made.WriteString(frame(0, string([]byte{byte(r.IntN(2)), byte(r.IntN(4))})))
		case kind == 8:
			made.WriteString(frame(byte(r.IntN(2)), string(randomBytes(r, r.IntN(5000)))))
		default:
			made.WriteString(frame(byte(r.IntN(3)&1), string(randomBytes(r, r.IntN(40)))))
		}
	}
	return made.String(), frames
}

// mutate spoils one step.
func mutate(r *rand.Rand, steps []string) {
	i := r.IntN(len(steps))
	step := []byte(steps[i])
	at := r.IntN(len(step) + 1)
	switch r.IntN(8) {
	case 0: // a length that nothing follows
		lengths := []uint64{1 << 20, 1<<31 - 1, 1 << 32, 1 << 40, 1<<63 - 1, 1<<64 - 1}
		step = binary.BigEndian.AppendUint64([]byte{byte(r.IntN(8)) | 2}, lengths[r.IntN(len(lengths))])
	case 1:
		step = step[:at]
	case 2:
		step = append(step[:at:at], append(randomBytes(r, r.IntN(300)), step[at:]...)...)
	case 3:
		step = randomBytes(r, r.IntN(2000))
	case 4:
		step = append(step, step...)
	default:
		for range 1 + r.IntN(3) {
			if len(step) > 0 {
				step[r.IntN(len(step))] = byte(r.Uint32())
			}
		}
	}
	steps[i] = string(step)
}

func randomBytes(r *rand.Rand, count int) []byte {
	bytes := make([]byte, count, count+8)
	for i := 0; i < count; i += 8 {
		binary.NativeEndian.PutUint64(bytes[i:i+8:cap(bytes)], r.Uint64())
	}
	return bytes
}
