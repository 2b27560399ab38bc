package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
)

// A result is the cost of one case in one program: nanoseconds, or bytes of memory.
type result struct {
	Case     string    `json:"case"`
	Quantile string    `json:"quantile,omitempty"`
	Size     int       `json:"size,omitempty"`
	Chart    string    `json:"chart,omitempty"` // that it is a point of
	At       int       `json:"at,omitempty"`    // and where
	Unit     string    `json:"unit"`
	Program  string    `json:"program"`
	Samples  []float64 `json:"samples"` // in the order of the rounds
	Median   float64   `json:"median"`
	Spread   float64   `json:"spread"` // of the middle half of the samples, over the median
	Ratio    float64   `json:"ratio"`  // to the first program: the median of the rounds' ratios; 0: none
}

type machine struct {
	Processor string `json:"processor"`
	Cores     int    `json:"cores"`
	Kernel    string `json:"kernel"`
	Go        string `json:"go"`
}

type report struct {
	Machine  machine    `json:"machine"`
	Rounds   int        `json:"rounds"`
	Programs []*program `json:"programs"`
	Results  []*result  `json:"results"`
}

func thisMachine() machine {
	m := machine{Processor: "unknown", Cores: runtime.NumCPU(), Kernel: firstLine("uname", "-sr"), Go: runtime.Version()}
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if key, value, _ := strings.Cut(line, ":"); strings.TrimSpace(key) == "model name" {
				m.Processor = strings.TrimSpace(value)
				break
			}
		}
	}
	return m
}

// add takes a sample of every quantile.
func (r *report) add(c benchCase, p *program, numbers map[string]float64) {
	for _, quantile := range slices.Sorted(maps.Keys(numbers)) {
		found := r.find(c.title, quantile, p.Name)
		if found == nil {
			found = &result{Case: c.title, Quantile: quantile, Size: c.size, Chart: c.chart, At: c.at, Program: p.Name, Unit: "ns"}
			if c.kind == memory {
				found.Unit = "B"
			}
			r.Results = append(r.Results, found)
		}
		found.Samples = append(found.Samples, numbers[quantile])
	}
}

func (r *report) find(title, quantile, program string) *result {
	for _, result := range r.Results {
		if result.Case == title && result.Quantile == quantile && result.Program == program {
			return result
		}
	}
	return nil
}

func quantile(samples []float64, part float64) float64 {
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[int(part*float64(len(sorted)-1)+0.5)]
}

// finish computes statistics of the samples.
func (r *report) finish() {
	for _, result := range r.Results {
		result.Median = quantile(result.Samples, 0.5)
		if result.Median > 0 {
			result.Spread = (quantile(result.Samples, 0.75) - quantile(result.Samples, 0.25)) / result.Median
		}
		base := r.find(result.Case, result.Quantile, r.Programs[0].Name)
		if base == nil || base == result {
			continue
		}
		var ratios []float64
		for i := range min(len(base.Samples), len(result.Samples)) {
			if base.Samples[i] > 0 {
				ratios = append(ratios, result.Samples[i]/base.Samples[i])
			}
		}
		if len(ratios) > 0 {
			result.Ratio = quantile(ratios, 0.5)
		}
	}
}

// print writes the table: medians, each with its spread, and the ratio to the first program.
func (r *report) print(w io.Writer) error {
	fmt.Fprintf(w, "%s, %d cores, %s, %s; %d rounds\n", r.Machine.Processor, r.Machine.Cores, r.Machine.Kernel, r.Machine.Go, r.Rounds)
	for _, program := range r.Programs {
		fmt.Fprintf(w, "%s: %s\n", program.Name, program.Version)
	}
	fmt.Fprintln(w)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "\t")
	for i, program := range r.Programs {
		fmt.Fprintf(table, "%s\t±\t", program.Name)
		if i > 0 {
			fmt.Fprint(table, "ratio\t")
		}
	}
	fmt.Fprintln(table)
	var rows [][2]string
	for _, result := range r.Results {
		if row := [2]string{result.Case, result.Quantile}; !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		r.printRow(table, row[0], row[1])
	}
	return table.Flush()
}

func (r *report) printRow(table io.Writer, title, quantile string) {
	fmt.Fprintf(table, "%s %s\t", title, quantile)
	for i, program := range r.Programs {
		result := r.find(title, quantile, program.Name)
		switch {
		case result == nil:
			fmt.Fprint(table, "-\t\t")
		default:
			fmt.Fprintf(table, "%s\t%.0f %%\t", amount(result.Median, result.Unit), 100*result.Spread)
		}
		switch {
		case i == 0:
		case result == nil || result.Ratio == 0:
			fmt.Fprint(table, "\t")
		default:
			fmt.Fprintf(table, "%.2f\t", result.Ratio)
		}
	}
	fmt.Fprintln(table)
}

// amount is a time or a size with three digits and a unit.
func amount(number float64, unit string) string {
	if unit == "B" {
		return fmt.Sprintf("%.1f KiB", number/kibibyte)
	}
	units := []string{"ns", "us", "ms", "s"}
	i := 0
	for number >= 1000 && i < len(units)-1 {
		number /= 1000
		i++
	}
	return fmt.Sprintf("%.3g %s", number, units[i])
}

func (r *report) write(file string) error {
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o666)
}
