namespace EarlyWarning.Benchmarks.Scoring;

/// <summary>The arithmetic of <see cref="MixedSubject"/> and nothing else.</summary>
internal sealed class BareMixed
{
    private readonly double[][] _terms = [.. MixedSubject.PillarSizes.Select(size => new double[size])];
    private readonly double[][] _weights =
    [
        .. MixedSubject.PillarSizes.Select(size => Enumerable.Range(0, size).Select(MixedSubject.WeightOf).ToArray()),
    ];
    private readonly double[] _pillars = new double[MixedSubject.PillarSizes.Length];
    private readonly double[] _halves = new double[2];
    private readonly (double Low, double Width)[][] _ranges;
    private readonly double[] _divisors;
    private readonly double[] _sorted = new double[8];
    private readonly double[] _order = new double[8];

    public BareMixed(MixedSubject subject, double[] divisors)
    {
        _divisors = divisors;
        _ranges =
        [
            .. MixedSubject.PillarSizes.Select(
                (size, pillar) => Enumerable.Range(0, size).Select(i => Range(subject, pillar, i)).ToArray()
            ),
        ];
    }

    public double Change(int pillar, int indicator, double value)
    {
        if (MixedSubject.DivisorOf(pillar, indicator) is >= 0 and var divisor)
            value /= _divisors[divisor];
        var (low, width) = _ranges[pillar][indicator];
        var score = 1 + (99 * Math.Clamp((value - low) / width, 0, 1));
        _terms[pillar][indicator] = (pillar % 4) switch
        {
            1 => Math.Log(score),
            2 => 1 / score,
            _ => score,
        };
        _pillars[pillar] = Math.Log(Pillar(pillar));
        var half = pillar / 4;
        var sum = 0.0;
        for (var i = half * 4; i < (half * 4) + 4; i++)
            sum += _pillars[i];
        _halves[half] = Math.Exp(sum / 4);
        return (_halves[0] + _halves[1]) / 2;
    }

    private static (double Low, double Width) Range(MixedSubject subject, int pillar, int indicator)
    {
        var column = subject.Set.Column($"p{pillar}i{indicator}");
        if (MixedSubject.DivisorOf(pillar, indicator) is >= 0 and var divisor)
        {
            var divisors = subject.Set.Column($"d{divisor}");
            for (var i = 0; i < column.Length; i++)
                column[i] /= divisors[i];
        }

        return (column.Min(), column.Max() - column.Min());
    }

    private double Pillar(int pillar)
    {
        var (terms, weights) = (_terms[pillar], _weights[pillar]);
        if (pillar % 4 == 3)
            return Median(terms, weights);
        double sum = 0,
            weight = 0;
        for (var i = 0; i < terms.Length; i++)
        {
            sum += weights[i] * terms[i];
            weight += weights[i];
        }

        return (pillar % 4) switch
        {
            1 => Math.Exp(sum / weight),
            2 => weight / sum,
            _ => sum / weight,
        };
    }

    private double Median(double[] terms, double[] weights)
    {
        var total = 0.0;
        for (var i = 0; i < terms.Length; i++)
            total += weights[i];
        terms.CopyTo(_sorted, 0);
        weights.CopyTo(_order, 0);
        _sorted.AsSpan(0, terms.Length).Sort(_order.AsSpan(0, terms.Length));
        var sum = 0.0;
        for (var i = 0; i < terms.Length; i++)
        {
            sum += _order[i];
            if (sum > total / 2)
                return _sorted[i];
            if (sum == total / 2)
                return (_sorted[i] + _sorted[i + 1]) / 2;
        }

        return double.NaN;
    }
}
