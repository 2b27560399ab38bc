package main

import (
	"fmt"
	"slices"
)

// A kind is the way in which a case is run, and the meaning of its numbers.
type kind int

const (
	repeated kind = iota // one process repeats it and prints nanoseconds per repetition
	pipeline             // one process sends to another, which prints nanoseconds per message
	pingPong             // libzmq alone sends to an echo in another process: p50, p99, p99.9
	startUp              // the time of a whole process
	memory               // resident memory for each of many, in bytes
)

// A benchCase is a row of the table.
type benchCase struct {
	name      string
	title     string
	kind      kind
	size      int
	count     int    // of messages, round trips or things
	chart     string // that it is a point of, or ""
	at        int    // and where
	transport string // of several processes: tcp or ipc
}

// argument is the case as an argument of the programs.
func (c benchCase) argument(name string, milliseconds int, endpoint string) string {
	return fmt.Sprintf("%d|%s|%d|%d|%s", milliseconds, name, c.size, c.count, endpoint)
}

const (
	frame1080 = 1920 * 1080 * 3
	frame2160 = 3840 * 2160 * 3
	kibibyte  = 1024
	mebibyte  = 1024 * kibibyte
)

// plotted are the sizes of the plot: 1 B to 64 MiB.
var plotted = []int{1, 16, 256, 4 * kibibyte, 16 * kibibyte, 64 * kibibyte, 256 * kibibyte, mebibyte, 4 * mebibyte, 16 * mebibyte, 64 * mebibyte}

// sizesChart is the chart of sizes.svg.
const sizesChart = "a round trip, by the size of the message"

// growthCases grow in one respect each, up to a number of messages through one PUSH and PULL, and
// of sockets.
func growthCases(messages, largest int) (cases []benchCase) {
	add := func(chart, unit string, at int, c benchCase) {
		c.chart, c.at = chart, at
		c.title = fmt.Sprintf("%s: %d", unit, at)
		cases = append(cases, c)
	}
	for sockets := 10; sockets <= largest; sockets *= 10 {
		add("send, poll, receive, by sockets in the poller", "growth, sockets in a poller", sockets, benchCase{name: "poll", size: sockets})
	}
	for peers := 10; peers <= largest; peers *= 10 {
		add("a request and its reply, by peers of one ROUTER", "growth, peers of a ROUTER", peers, benchCase{name: "peers", size: peers})
	}
	for topics := 1; topics <= 1000; topics *= 10 {
		add("a message published, by subscriptions of one SUB", "growth, subscriptions of a SUB", topics, benchCase{name: "subscriptions", size: topics})
	}
	for count := 1000; count <= messages; count *= 10 {
		add("a message, by how many go through one PUSH and PULL", "growth, messages", count, benchCase{name: "through", count: count})
	}
	for sockets := 100; sockets <= largest; sockets *= 10 {
		add("memory of a socket, by how many there are", "growth, memory of a socket", sockets,
			benchCase{name: "sockets", kind: memory, count: sockets, transport: "tcp"})
	}
	return cases
}

// growthCharts are those of growth.svg.
func growthCharts() (charts []string) {
	for _, c := range growthCases(1000, 1000) {
		if !slices.Contains(charts, c.chart) {
			charts = append(charts, c.chart)
		}
	}
	return charts
}

func allCases(o options) []benchCase {
	return append(usualCases(), growthCases(o.messages, o.largest)...)
}

func usualCases() []benchCase {
	cases := []benchCase{
		{name: "call", title: "empty native call"},
		{name: "string", title: "string, 10 B", size: 10},
		{name: "string", title: "string, 1 KiB", size: kibibyte},
		{name: "int", title: "int"},
		{name: "bigint", title: "BigInt"},
		{name: "bytes", title: "bytes, 10 B", size: 10},
		{name: "bytes", title: "bytes, 1 KiB", size: kibibyte},
		{name: "bytes", title: "bytes, 128 KiB", size: 128 * kibibyte},
		{name: "bytes", title: "bytes, 1920x1080x3", size: frame1080},
		{name: "bytes", title: "bytes, 3840x2160x3", size: frame2160},
		{name: "into", title: "recv_into, 1 KiB", size: kibibyte},
		{name: "into", title: "recv_into, 256 KiB", size: 256 * kibibyte},
		{name: "into", title: "recv_into, 1920x1080x3", size: frame1080},
		{name: "into", title: "recv_into, 3840x2160x3", size: frame2160},
		{name: "dontwait", title: "DONTWAIT, nothing there"},
		{name: "getsockopt_int", title: "getsockopt_int"},
		{name: "poll-nothing", title: "poll, nothing there"},
	}
	for _, sockets := range []int{1, 10, 100, 1000} {
		title := fmt.Sprintf("send, poll %d, receive", sockets)
		cases = append(cases, benchCase{name: "poll", title: title, size: sockets})
	}
	cases = append(cases, benchCase{name: "threads", title: "from thread to thread, 10 B", size: 10, count: 3_000_000})
	for _, size := range plotted {
		cases = append(cases, benchCase{name: "bytes", title: "bytes, " + bytesText(size) + " (plot)", size: size, chart: sizesChart, at: size})
	}
	for _, size := range []int{10, kibibyte, 64 * kibibyte} {
		cases = append(cases, benchCase{name: "tcp", title: "tcp, one process, " + bytesText(size), size: size, transport: "tcp"})
	}
	for _, size := range []int{10, kibibyte, 64 * kibibyte} {
		count := min(400_000, 2_000_000_000/size/4)
		cases = append(cases, benchCase{name: "sink", title: "tcp, two processes, " + bytesText(size), kind: pipeline, size: size, count: min(count, 20_000*64*kibibyte/size), transport: "tcp"})
	}
	return append(cases,
		benchCase{name: "echo", title: "ping-pong over tcp, 10 B", kind: pingPong, size: 10, count: 5000, transport: "tcp"},
		benchCase{name: "echo", title: "ping-pong over ipc, 10 B", kind: pingPong, size: 10, count: 5000, transport: "ipc"},
		benchCase{name: "start", title: "start-up", kind: startUp},
		benchCase{name: "sockets", title: "memory of a socket", kind: memory, count: 200, transport: "tcp"},
		benchCase{name: "contexts", title: "memory of a context with a socket", kind: memory, count: 20, transport: "tcp"},
	)
}

func bytesText(size int) string {
	switch {
	case size >= mebibyte && size%mebibyte == 0:
		return fmt.Sprintf("%d MiB", size/mebibyte)
	case size >= kibibyte && size%kibibyte == 0:
		return fmt.Sprintf("%d KiB", size/kibibyte)
	}
	return fmt.Sprintf("%d B", size)
}
