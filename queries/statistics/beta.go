package statistics

import "math"

// incompleteBeta is the regularised incomplete beta function I_x(a, b), by Lentz's
// continued fraction; a and b are above zero and x lies in 0..1.
func incompleteBeta(a, b, x float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - incompleteBeta(b, a, 1-x)
	}
	front := math.Exp(logGamma(a+b) - logGamma(a) - logGamma(b) + a*math.Log(x) + b*math.Log1p(-x))
	return front * betaFraction(a, b, x) / a
}

func betaFraction(a, b, x float64) float64 {
	const tiny, enough = 1e-300, 1e-16
	above := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/above(1-(a+b)*x/(a+1))
	sum := d
	for i := 1; i <= 10_000; i++ {
		m := float64(i)
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d, c = 1/above(1+even*d), above(1+even/c)
		sum *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d, c = 1/above(1+odd*d), above(1+odd/c)
		step := d * c
		sum *= step
		if math.Abs(step-1) < enough {
			break
		}
	}
	return sum
}

// incompleteGamma is the regularised lower incomplete gamma function P(a, x): the chance
// that a Poisson count of mean x is at least a, for any a above zero.
func incompleteGamma(a, x float64) float64 {
	if x <= 0 {
		return 0
	}
	front := math.Exp(a*math.Log(x) - x - logGamma(a))
	if x < a+1 {
		term := 1 / a
		sum := term
		for k := 1.0; term > sum*1e-17 && k < 100_000; k++ {
			term *= x / (a + k)
			sum += term
		}
		return math.Min(1, front*sum)
	}
	const tiny = 1e-300
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	sum := d
	for k := 1.0; k < 100_000; k++ {
		an := -k * (k - a)
		b += 2
		d, c = 1/(an*d+b), b+an/c
		sum *= d * c
		if math.Abs(d*c-1) < 1e-16 {
			break
		}
	}
	return 1 - math.Min(1, front*sum)
}

func logGamma(a float64) float64 {
	v, _ := math.Lgamma(a)
	return v
}

// normalCDF is the share of a standard normal distribution at or below z.
func normalCDF(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// tCDF is P(T <= t) of Student's t on df degrees of freedom.
func tCDF(t, df float64) float64 {
	tail := incompleteBeta(df/2, 0.5, df/(df+t*t)) / 2
	if t > 0 {
		return 1 - tail
	}
	return tail
}

// tQuantile is the two-sided deviate of Student's t: the t with the given confidence
// between -t and t.
func tQuantile(confidence, df float64) float64 {
	tail := (1 - confidence) / 2
	return solve(func(t float64) bool { return tCDF(-t, df) < tail }, 4)
}

// binomialCDF is P(X <= k) of n trials with chance p.
func binomialCDF(k, n int64, p float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n:
		return 1
	}
	return incompleteBeta(float64(n-k), float64(k+1), 1-p)
}

// clopperPearson is the exact interval of the proportion x/n as shares of 1.
func clopperPearson(x, n int64, confidence float64) (lo, hi float64) {
	tail := (1 - confidence) / 2
	lo, hi = 0, 1
	if x > 0 {
		lo = solveShare(func(p float64) bool { return 1-binomialCDF(x-1, n, p) > tail })
	}
	if x < n {
		hi = solveShare(func(p float64) bool { return binomialCDF(x, n, p) < tail })
	}
	return lo, hi
}

// solveShare is solve for a share of 1: past must hold at 1.
func solveShare(past func(float64) bool) float64 { return solve(past, 1) }
