package testkit

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Sample is what a process has at one time.
type Sample struct {
	Resident    int64 // bytes of memory that are in RAM
	Descriptors int
	Threads     int
}

// Look takes a sample of a process.
func Look(pid int) (Sample, error) {
	var s Sample
	process := fmt.Sprintf("/proc/%d/", pid)
	text, err := os.ReadFile(process + "statm")
	if err != nil {
		return s, err
	}
	var size, pages int64
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		return s, err
	}
	descriptors, err := os.ReadDir(process + "fd")
	if err != nil {
		return s, err
	}
	threads, err := os.ReadDir(process + "task")
	s.Resident, s.Descriptors, s.Threads = pages*int64(os.Getpagesize()), len(descriptors), len(threads)
	return s, err
}

// stopped reports whether no thread of a process runs any more.
func stopped(pid int) bool {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	if err != nil || len(threads) == 0 {
		return false
	}
	for _, thread := range threads {
		text, err := os.ReadFile(thread)
		// The state comes after the name, which is in parentheses.
		if err != nil || !strings.HasPrefix(string(text[bytes.LastIndexByte(text, ')')+1:]), " T") {
			return false
		}
	}
	return true
}

// Threads tells what each thread of a process waits for, a line each: its name, its state, where
// it is in the kernel, and the system call with its arguments.
func Threads(pid int) string {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	var text strings.Builder
	for _, task := range tasks {
		name, _ := os.ReadFile(task + "/comm")
		stat, _ := os.ReadFile(task + "/stat")
		state := "?"
		if fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:])); len(fields) > 0 {
			state = fields[0]
		}
		channel, _ := os.ReadFile(task + "/wchan")
		call, _ := os.ReadFile(task + "/syscall")
		fmt.Fprintf(&text, "%s %s %s in %s, call %s\n",
			filepath.Base(task), bytes.TrimSpace(name), state, channel, bytes.TrimSpace(call))
	}
	return text.String()
}
