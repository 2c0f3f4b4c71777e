namespace EarlyWarning.Benchmarks.Scoring;

/// <summary>
/// The same arithmetic as the engine's and nothing else: no missing data, no coverage, no tree of any shape but this one. It is what the
/// machine could do, and so the measure of what the engine's generality costs.
/// </summary>
internal sealed class BareLoop(bool geometric)
{
    private readonly double[] _leaves = new double[ScoringSubject.LeafCount];
    private readonly double[] _factors = new double[ScoringSubject.Dimensions * ScoringSubject.Factors];
    private readonly double[] _dimensions = new double[ScoringSubject.Dimensions];
    private readonly double[] _weights = [.. Enumerable.Range(0, ScoringSubject.Indicators).Select(i => 1.0 + (i % 3))];
    private readonly double[] _equal = [1, 1, 1, 1, 1];

    public double Full(double[] values)
    {
        for (var leaf = 0; leaf < values.Length; leaf++)
            _leaves[leaf] = Term(Scale(values[leaf]));
        for (var factor = 0; factor < _factors.Length; factor++)
            _factors[factor] = Factor(factor);
        for (var dimension = 0; dimension < _dimensions.Length; dimension++)
            _dimensions[dimension] = Dimension(dimension);
        return Score(Mean(_dimensions, _equal));
    }

    public double Change(int leaf, double value)
    {
        _leaves[leaf] = Term(Scale(value));
        var factor = leaf / ScoringSubject.Indicators;
        _factors[factor] = Factor(factor);
        var dimension = factor / ScoringSubject.Factors;
        _dimensions[dimension] = Dimension(dimension);
        return Score(Mean(_dimensions, _equal));
    }

    private static double Scale(double value) => 1 + (99 * Math.Clamp(value / 10, 0, 1));

    private static double Mean(ReadOnlySpan<double> terms, double[] weights)
    {
        double sum = 0,
            weight = 0;
        for (var i = 0; i < terms.Length; i++)
        {
            sum += weights[i] * terms[i];
            weight += weights[i];
        }

        return sum / weight;
    }

    private double Factor(int factor) => Mean(_leaves.AsSpan(factor * ScoringSubject.Indicators, ScoringSubject.Indicators), _weights);

    private double Dimension(int dimension) => Mean(_factors.AsSpan(dimension * ScoringSubject.Factors, ScoringSubject.Factors), _equal);

    private double Term(double score) => geometric ? Math.Log(score) : score;

    private double Score(double mean) => geometric ? Math.Exp(mean) : mean;
}
