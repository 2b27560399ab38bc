package faults

import "fmt"

// A promise states what may happen to numbered messages. The zero value promises everything: each
// arrives once, in order.
type promise struct {
	missing  bool // some may not arrive
	repeated bool // some may arrive more than once
	disorder bool // one may arrive before another one with a smaller number
}

// broken lists how the numbers that arrived break the promise, if 1 to count were sent.
func (p promise) broken(count int, arrived []int) []string {
	var found []string
	times := make([]int, count+1)
	last := 0
	for _, number := range arrived {
		if number < 1 || number > count {
			found = append(found, fmt.Sprintf("%d was never sent", number))
			continue
		}
		times[number]++
		if number < last && !p.disorder {
			found = append(found, fmt.Sprintf("%d came after %d", number, last))
		}
		last = number
	}
	for number := 1; number <= count; number++ {
		if times[number] == 0 && !p.missing {
			found = append(found, fmt.Sprintf("%d is missing", number))
		}
		if times[number] > 1 && !p.repeated {
			found = append(found, fmt.Sprintf("%d came %d times", number, times[number]))
		}
	}
	return found
}
