// Command shoot draws twelve key pages of a site at two widths, for people to look at.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"wherry/dashboards/browser"
)

func main() {
	site := flag.String("site", "published/current/board", "the pages of one audience")
	out := flag.String("out", "screenshots", "folder for the pictures")
	flag.Parse()
	made, err := browser.Pictures(context.Background(), *site, *out, []int{1280, 400},
		"index.html", "exceptions.html", "measures.html", "measures/rq1.html", "measures/is1.html", "measures/ma2.html",
		"actions.html", "data-quality.html", "needs/index.html", "districts/index.html", "methods.html", "catalogue.html")
	if err != nil {
		fmt.Fprintln(os.Stderr, "shoot:", err)
		os.Exit(1)
	}
	fmt.Printf("Drew %d pictures in %s.\n", len(made), *out)
}
