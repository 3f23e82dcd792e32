// Oracle answers what Kubernetes' own code makes of random objects: one request a line on standard input, the answers a
// line each on standard output. It ends when its input does, so it cannot outlive whoever started it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
)

// One of these a line.
type request struct {
	// Makes pairs and answers each: a line a pair.
	Make *makeRequest `json:"make"`
	// Makes YAML texts and reads each: a line a text.
	Texts *textsRequest `json:"texts"`
	// Reads one text.
	Read *string `json:"read"`
	// Makes objects with owners: a line each.
	Owned *makeRequest `json:"owned"`
	// Applies one configuration.
	Apply *application `json:"apply"`
	// Answers one pair that was made before, or shrunk from one.
	Ask *pair `json:"ask"`
	// Judges what was made from a pair on the other side.
	Judge *judgement `json:"judge"`
	// Times Go's functions, for the bench.
	Time *timing `json:"time"`
}

// Pair number n of a seed is the same pair in every run.
type makeRequest struct {
	Seed  uint64   `json:"seed"`
	First uint64   `json:"first"`
	Count uint64   `json:"count"`
	Kinds []string `json:"kinds"`
}

type textsRequest struct {
	Seed  uint64 `json:"seed"`
	First uint64 `json:"first"`
	Count uint64 `json:"count"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	lines := json.NewEncoder(out)
	// Otherwise keys with < or & come escaped, which is slow to read on the other side.
	lines.SetEscapeHTML(false)
	// Almost all that is made is garbage at once: collecting it less often takes a third of the time.
	debug.SetGCPercent(800)
	requests := json.NewDecoder(in)
	for requests.More() {
		var asked request
		must(requests.Decode(&asked))
		switch {
		case asked.Make != nil:
			for n := asked.Make.First; n < asked.Make.First+asked.Make.Count; n++ {
				random := rand.New(rand.NewPCG(asked.Make.Seed, n))
				made := makePair(random, asked.Make.Kinds[random.IntN(len(asked.Make.Kinds))])
				must(lines.Encode(answered{made, answer(made)}))
			}
		case asked.Owned != nil:
			kinds := slices.DeleteFunc(asked.Owned.Kinds, func(kind string) bool { return !canApply(kind) })
			for n := asked.Owned.First; n < asked.Owned.First+asked.Owned.Count; n++ {
				random := rand.New(rand.NewPCG(asked.Owned.Seed, n))
				must(lines.Encode(makeOwned(random, kinds[random.IntN(len(kinds))])))
			}
		case asked.Apply != nil:
			must(lines.Encode(apply(*asked.Apply)))
		case asked.Texts != nil:
			for n := asked.Texts.First; n < asked.Texts.First+asked.Texts.Count; n++ {
				must(lines.Encode(readText(randomText(rand.New(rand.NewPCG(asked.Texts.Seed, n))))))
			}
		case asked.Read != nil:
			must(lines.Encode(readText(*asked.Read)))
		case asked.Ask != nil:
			must(lines.Encode(answered{*asked.Ask, answer(*asked.Ask)}))
		case asked.Judge != nil:
			must(lines.Encode(judge(*asked.Judge)))
		case asked.Time != nil:
			must(lines.Encode(measure(*asked.Time)))
		}
		must(out.Flush())
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}
