using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Stages;

/// <summary>One variable over the units of a reference set, with what the methods ask of it.</summary>
/// <param name="values">By unit; NaN where missing.</param>
internal sealed class SetColumn(double[] values)
{
    private double[]? _present;
    private double[]? _sorted;
    private double? _skewness;
    private double? _kurtosis;

    public double[] Values { get; } = values;

    /// <summary>Gets the values that are there, in the order of the units.</summary>
    public ReadOnlySpan<double> Present => _present ??= Array.FindAll(Values, value => !double.IsNaN(value));

    /// <summary>Gets the values that are there, in rising order.</summary>
    public double[] Sorted
    {
        get
        {
            if (_sorted is not null)
                return _sorted;
            _sorted = Present.ToArray();
            Array.Sort(_sorted);
            return _sorted;
        }
    }

    public int Count => Present.Length;

    public double Least => Count == 0 ? double.NaN : Sorted[0];

    public double Greatest => Count == 0 ? double.NaN : Sorted[^1];

    public double Range => Greatest - Least;

    public double Mean => SampleMoments.Mean(Present);

    public double Deviation => SampleMoments.Deviation(Present);

    public double Median => SampleMoments.Median(Sorted);

    public double Skewness => _skewness ??= SampleMoments.Skewness(Present);

    public double Kurtosis => _kurtosis ??= SampleMoments.Kurtosis(Present);

    /// <summary>The column of transformed values.</summary>
    /// <param name="transform">What each value goes through.</param>
    /// <returns>A new column; missing values stay missing.</returns>
    public SetColumn Through(Transform transform) =>
        new(Array.ConvertAll(Values, value => double.IsNaN(value) ? double.NaN : transform.Apply(value)));
}
