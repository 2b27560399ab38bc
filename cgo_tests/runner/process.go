package runner

import (
	"fmt"
	"os"
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
