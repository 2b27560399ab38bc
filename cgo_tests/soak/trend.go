package main

import (
	"math"
	"slices"
)

// A trend is a straight line through the remaining memory: its slope, and the standard error of
// that.
type trend struct {
	Slope float64 `json:"bytes_per_second"`
	Noise float64 `json:"noise"`
	Span  float64 `json:"seconds"`
}

// blocks is the number of parts of the second half. The minimum of each counts: memory above it
// belongs to messages under way, and to uncollected garbage.
const blocks = 12

// trendOf looks at the second half of the samples.
func trendOf(samples []sample) trend {
	half := samples[len(samples)/2:]
	if len(half) < 2*blocks {
		return trend{}
	}
	var x, y []float64
	for i := range blocks {
		block := half[i*len(half)/blocks : (i+1)*len(half)/blocks]
		least := slices.MinFunc(block, func(a, b sample) int { return int(a.Resident - b.Resident) })
		x, y = append(x, least.Second), append(y, float64(least.Resident))
	}
	t := regression(x, y)
	t.Span = half[len(half)-1].Second - half[0].Second
	return t
}

func regression(x, y []float64) trend {
	n := float64(len(x))
	var sumX, sumY float64
	for i := range x {
		sumX, sumY = sumX+x[i], sumY+y[i]
	}
	var xx, xy float64
	for i := range x {
		xx += (x[i] - sumX/n) * (x[i] - sumX/n)
		xy += (x[i] - sumX/n) * (y[i] - sumY/n)
	}
	slope := xy / xx
	var rest float64
	for i := range x {
		difference := y[i] - sumY/n - slope*(x[i]-sumX/n)
		rest += difference * difference
	}
	return trend{Slope: slope, Noise: math.Sqrt(rest / (n - 2) / xx)}
}

// leastGrowth is the number of bytes by which a process may always grow within the second half:
// large messages arrive at random.
const leastGrowth = 48 << 20

// grows reports whether memory grows beyond noise.
func (t trend) grows() bool {
	return t.Slope > 3*t.Noise && t.Slope*t.Span > leastGrowth
}

// increase is by how much the least of a number in the last quarter exceeds the most in the
// second one.
func increase(samples []sample, of func(sample) int) int {
	quarter := len(samples) / 4
	if quarter < 2 {
		return 0
	}
	values := func(part []sample) []int {
		var all []int
		for _, s := range part {
			all = append(all, of(s))
		}
		return all
	}
	return slices.Min(values(samples[3*quarter:])) - slices.Max(values(samples[quarter:2*quarter]))
}
