using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>One estimation of all indices of one output, with its bootstrap.</summary>
internal sealed class SobolEstimation
{
    private readonly ImmutableArray<string> _inputs;
    private readonly SobolOptions _options;

    /// <summary>By kept point: the outputs of A, B and each ABᵢ, point after point.</summary>
    private readonly double[] _points;
    private readonly int _width;
    private readonly int _count;

    public SobolEstimation(ImmutableArray<string> inputs, ReadOnlySpan<double> outputs, SobolOptions options)
    {
        (_inputs, _options, _width) = (inputs, options, inputs.Length + 2);
        _points = new double[outputs.Length];
        for (var n = 0; n < options.Samples; n++)
        {
            var isWhole = true;
            for (var row = 0; row < _width; row++)
            {
                var output = outputs[(row * options.Samples) + n];
                isWhole &= !double.IsNaN(output);
                _points[(_count * _width) + row] = output;
            }

            if (isWhole)
                _count++;
        }
    }

    public SobolAnalysis Run(CancellationToken cancellation)
    {
        var all = new int[_count];
        for (var i = 0; i < _count; i++)
            all[i] = i;
        var (first, total) = (new double[_inputs.Length], new double[_inputs.Length]);
        var (mean, variance) = Indices(all, first, total);
        var (firsts, totals) = Resampled(cancellation);
        return new SobolAnalysis(
            mean,
            variance,
            _count,
            [.. _inputs.Select((input, i) => new SobolIndex(input, Interval(first[i], firsts[i]), Interval(total[i], totals[i])))]
        );
    }

    /// <summary>
    /// The indices over some of the points, where one may be there several times. Points are taken whole, so variances go along.
    /// </summary>
    private (double Mean, double Variance) Indices(ReadOnlySpan<int> chosen, Span<double> first, Span<double> total)
    {
        first.Clear();
        total.Clear();
        if (chosen.Length < 2)
            return (double.NaN, 0);
        var mean = 0.0;
        foreach (var point in chosen)
            mean += _points[point * _width] + _points[(point * _width) + 1];
        mean /= 2 * chosen.Length;
        var variance = 0.0;
        foreach (var point in chosen)
        {
            var row = _points.AsSpan(point * _width, _width);
            var (a, b) = (row[SaltelliDesign.A], row[SaltelliDesign.B]);
            variance += ((a - mean) * (a - mean)) + ((b - mean) * (b - mean));
            for (var i = 0; i < first.Length; i++)
            {
                var ab = row[i + 2];
                first[i] += _options.Estimator == FirstOrderEstimator.Saltelli ? b * (ab - a) : (b - ab) * (b - ab);
                total[i] += (a - ab) * (a - ab);
            }
        }

        variance /= (2 * chosen.Length) - 1;
        for (var i = 0; i < first.Length; i++)
        {
            var share = variance > 0 ? first[i] / chosen.Length / variance : 0;
            first[i] = _options.Estimator == FirstOrderEstimator.Saltelli || variance == 0 ? share : 1 - (share / 2);
            total[i] = variance > 0 ? total[i] / (2.0 * chosen.Length) / variance : 0;
        }

        return (mean, variance);
    }

    private (double[][] First, double[][] Total) Resampled(CancellationToken cancellation)
    {
        var firsts = _inputs.Select(_ => new double[_options.Resamples]).ToArray();
        var totals = _inputs.Select(_ => new double[_options.Resamples]).ToArray();
        var chosen = new int[_count];
        var shares = new double[(_count + RandomStream.Block - 1) / RandomStream.Block * RandomStream.Block];
        var (first, total) = (new double[_inputs.Length], new double[_inputs.Length]);
        for (var resample = 0; resample < _options.Resamples; resample++)
        {
            cancellation.ThrowIfCancellationRequested();
            new RandomStream(_options.Seed, (uint)resample, 0, Purpose.Bootstrap).Fill(shares, 0);
            for (var i = 0; i < _count; i++)
                chosen[i] = (int)(shares[i] * _count);
            Indices(chosen, first, total);
            for (var i = 0; i < first.Length; i++)
                (firsts[i][resample], totals[i][resample]) = (first[i], total[i]);
        }

        return (firsts, totals);
    }

    private SobolEstimate Interval(double value, double[] resampled)
    {
        if (resampled.Length == 0)
            return new SobolEstimate(value, double.NaN, double.NaN);
        Array.Sort(resampled);
        var tail = (1 - _options.Confidence) / 2;
        return new SobolEstimate(value, Quantile.OfSorted(resampled, tail), Quantile.OfSorted(resampled, 1 - tail));
    }
}
