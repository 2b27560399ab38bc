package testkit

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Sample has the resources of a process at one time.
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

// stopped reports whether all threads of a process are stopped.
func stopped(pid int) bool {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	if err != nil || len(threads) == 0 {
		return false
	}
	for _, thread := range threads {
		text, err := os.ReadFile(thread)
		// The state follows the name, which is in parentheses.
		if err != nil || !strings.HasPrefix(string(text[bytes.LastIndexByte(text, ')')+1:]), " T") {
			return false
		}
	}
	return true
}

// Threads describes the wait of each thread of a process, a line each: its name, its state, its
// place in the kernel, and the system call with its arguments.
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
