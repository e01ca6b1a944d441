package main

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// people makes identifiers of made-up people, and extracts that hold them.
type people struct {
	*rand.Rand
	t      *testing.T
	inbox  string
	used   map[string]bool
	values map[string][]string // by kind
	files  []plantedFile
	bases  map[string][][]string // rows of the sample's extracts by feed, the header first

	starts map[[4]byte][]string // the values by how they begin
	pairs  [1 << 16]bool        // the first two bytes of some value
}

// plantedFile is an extract with identifiers in it.
type plantedFile struct {
	name  string         // below the inbox
	kinds map[string]int // how many identifiers of each kind
	stray int            // rows that must be kept out of a file that loads; 0 where it must go back
}

func (p *people) pick(of ...string) string { return of[p.IntN(len(of))] }

func (p *people) digits(n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('0' + p.IntN(10)))
	}
	return b.String()
}

// letters are n capitals, of some only.
func (p *people) letters(n int, of string) string {
	var b strings.Builder
	for range n {
		b.WriteByte(of[p.IntN(len(of))])
	}
	return b.String()
}

// nhs is a number of the test range, which is never issued.
func (p *people) nhs() string {
	for {
		nine := "999" + p.digits(6)
		sum := 0
		for i, c := range nine {
			sum += (10 - i) * int(c-'0')
		}
		if check := (11 - sum%11) % 11; check < 10 {
			return nine + fmt.Sprint(check)
		}
	}
}

// upn has the check letter of a pupil number.
func (p *people) upn() string {
	digits := p.digits(12)
	sum := 0
	for i, c := range digits {
		sum += (i + 2) * int(c-'0')
	}
	return string("ABCDEFGHJKLMNPQRTUVWXYZ"[sum%23]) + digits
}

const surnames = "Pemberton Okonkwo Szymanska Ashworth Delacroix Featherstone Mbeki Larkspur Ravensdale Whitcombe Yilmaz Quartermaine"

func (p *people) surname() string { return p.pick(strings.Fields(surnames)...) }

func (p *people) day() (year, month, day int) {
	return 1950 + p.IntN(59), 1 + p.IntN(12), 1 + p.IntN(28)
}

// identifiers is how each kind is made.
func (p *people) identifiers() map[string]func() string {
	return map[string]func() string{
		"NHS number": func() string {
			n := p.nhs()
			return p.pick(n, n, n[:3]+" "+n[3:6]+" "+n[6:], n[:3]+"-"+n[3:6]+"-"+n[6:])
		},
		"NI number": func() string {
			prefix, n := p.pick("JG", "AA", "YZ", "CE", "PR"), p.digits(6)
			return p.pick(prefix+n+"C", strings.ToLower(prefix+n+"a"), prefix+" "+n[:2]+" "+n[2:4]+" "+n[4:]+" D")
		},
		"pupil number": p.upn,
		"postcode": func() string {
			in := p.digits(1) + p.letters(2, "ABDEFGHJLNPQRSTUWXYZ")
			return p.pick("NR"+p.digits(1)+" "+in, "IP2"+p.digits(1)+" "+in, "PE3"+p.digits(1)+in, strings.ToLower("NR"+p.digits(1)+" "+in))
		},
		"phone": func() string {
			return p.pick("07700 9"+p.digits(5), "077009"+p.digits(5), "01603 "+p.digits(6), "+44 7700 9"+p.digits(5))
		},
		"email": func() string {
			return strings.ToLower(p.surname()) + "." + p.digits(4) + "@" + p.pick("example.org", "mail.example.co.uk")
		},
		"date of birth": func() string {
			y, m, d := p.day()
			return p.pick(fmt.Sprintf("%d-%02d-%02d", y, m, d), fmt.Sprintf("%02d/%02d/%d", d, m, y))
		},
		"name": func() string {
			common := p.pick("Sarah", "Mohammed", "Olivia", "Jack", "Agnieszka", "Grace", "Liam", "Oluwaseun", "Priya", "Karen")
			return p.pick(common+" "+p.surname(), common+" "+p.letters(1, "ABCDE")+". "+p.surname(), p.surname()+", "+common)
		},
		"address": func() string {
			return fmt.Sprintf("%d %s %s", 1+p.IntN(300), p.surname(), p.pick("Street", "Road", "Close", "Avenue", "Gardens", "Drive"))
		},
		"vehicle mark": func() string {
			return p.letters(2, "ABCDEFGHKLMNOPRSTUVWXY") + fmt.Sprintf("%02d", 2+p.IntN(70)) + p.pick(" ", "") + p.letters(3, "ABCDEFGHJKLMNOPRSTUVWXYZ")
		},
		"driving licence": func() string {
			return strings.ToUpper(p.surname()[:5]) + p.digits(1) + fmt.Sprintf("%02d%02d", 1+p.IntN(12), 1+p.IntN(28)) + p.digits(1) + "SM9" + p.letters(2, "ABCDEFGH")
		},
		"IP address": func() string {
			return fmt.Sprintf("10.%d.%d.%d", 100+p.IntN(150), 100+p.IntN(150), 100+p.IntN(150))
		},
		"crime reference": func() string { return "36/" + p.digits(5) + "/" + p.pick("24", "25", "26") },
		"MARAC reference": func() string { return "M" + p.digits(4) + "/" + p.pick("24", "25", "26") },
		"free text": func() string {
			return fmt.Sprintf("%s said on the phone that he had come back to the house, and a neighbour at number %d heard it", p.surname(), 1000+p.IntN(9000))
		},
		"record number": func() string { return "ZQ" + p.digits(7) },
		"unkeyed hash": func() string {
			id := []byte(p.pick(p.nhs(), p.digits(6), "M"+p.digits(4)+"/26"))
			a, b, c := md5.Sum(id), sha1.Sum(id), sha256.Sum256(id)
			return p.pick(hex.EncodeToString(a[:]), hex.EncodeToString(b[:]), hex.EncodeToString(c[:]))
		},
	}
}

// identifier is one of a kind that was not made before.
func (p *people) identifier(kind string) string {
	for {
		if v := p.identifiers()[kind](); !p.used[v] {
			p.used[v] = true
			p.values[kind] = append(p.values[kind], v)
			return v
		}
	}
}

// base is rows of an extract of the sample, the header first, in the agency's folder.
func (p *people) base(agency, feed string) [][]string {
	if rows := p.bases[feed]; rows != nil {
		return rows
	}
	in, err := os.Open(filepath.Join(p.inbox, agency, feed+"_2026-07.csv"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		p.t.Fatal(err)
	}
	p.bases[feed] = rows
	return rows
}

// rows is a copy of the first n rows of a base, with the header before them.
func (p *people) rows(agency, feed string, n int) [][]string {
	var copied [][]string
	for _, row := range p.base(agency, feed)[:n+1] {
		copied = append(copied, append([]string{}, row...))
	}
	return copied
}

// write puts rows into the inbox, as CSV or as a workbook with more sheets beside.
func (p *people) write(file plantedFile, rows [][]string, sheets ...string) {
	p.files = append(p.files, file)
	path := filepath.Join(p.inbox, file.name)
	if strings.HasSuffix(file.name, ".csv") {
		var b strings.Builder
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			p.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			p.t.Fatal(err)
		}
		return
	}
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			p.t.Fatal(err)
		}
	}
	for _, name := range sheets {
		if _, err := book.NewSheet(name); err != nil {
			p.t.Fatal(err)
		}
	}
	if err := book.SaveAs(path); err != nil {
		p.t.Fatal(err)
	}
}
