using EarlyWarning.Scoring.Engine.Construction.Stages;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>
/// Takes the mean or median of the country's other indicators under the same node, each on 0 to 1 by min-max in its direction, back into a
/// leaf's unit. The standard error is the root mean square of what the same rule misses by in the units of the set that have the leaf.
/// </summary>
internal sealed class SiblingFiller : IFiller
{
    private readonly int _leaf;
    private readonly CentralStatistic _statistic;
    private readonly Scale _own;
    private readonly (int Leaf, Scale Scale)[] _siblings;
    private readonly double _error;

    /// <summary>Initializes a new instance of the <see cref="SiblingFiller"/> class.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <param name="imputation">Which middle.</param>
    /// <param name="siblings">The numbers of the node's other leaves.</param>
    /// <param name="columns">The set's values by leaf.</param>
    /// <param name="lowers">Whether more of a leaf is less.</param>
    public SiblingFiller(int leaf, SiblingValue imputation, IEnumerable<int> siblings, SetColumn[] columns, Func<int, bool> lowers)
    {
        _leaf = leaf;
        _statistic = imputation.Statistic;
        _own = Scale.Of(columns[leaf], lowers(leaf));
        _siblings =
        [
            .. siblings.Select(sibling => (sibling, Scale.Of(columns[sibling], lowers(sibling)))).Where(pair => pair.Item2.Width != 0),
        ];
        _error = Miss(columns);
    }

    public void Fill(ReadOnlySpan<double> observed, Span<double> row, Span<double> errors, IReadOnlyDictionary<string, string>? groups)
    {
        if (!double.IsNaN(observed[_leaf]))
            return;
        var value = Predict(observed);
        if (!double.IsNaN(value))
            (row[_leaf], errors[_leaf]) = (value, _error);
    }

    private double Predict(ReadOnlySpan<double> observed)
    {
        Span<double> shares = _siblings.Length <= 64 ? stackalloc double[_siblings.Length] : new double[_siblings.Length];
        var count = 0;
        foreach (var (leaf, scale) in _siblings)
            if (!double.IsNaN(observed[leaf]))
                shares[count++] = (observed[leaf] - scale.Start) / scale.Width;
        shares = shares[..count];
        if (_statistic == CentralStatistic.Median)
            shares.Sort();
        var middle = _statistic == CentralStatistic.Median ? SampleMoments.Median(shares) : SampleMoments.Mean(shares);
        return _own.Start + (middle * _own.Width);
    }

    private double Miss(SetColumn[] columns)
    {
        var row = new double[columns.Length];
        var (squares, count) = (0.0, 0);
        for (var unit = 0; unit < columns[_leaf].Values.Length; unit++)
        {
            for (var leaf = 0; leaf < row.Length; leaf++)
                row[leaf] = columns[leaf].Values[unit];
            var miss = Predict(row) - row[_leaf];
            if (double.IsNaN(miss))
                continue;
            squares += miss * miss;
            count++;
        }

        return count > 0 ? Math.Sqrt(squares / count) : Math.Abs(_own.Width);
    }

    /// <summary>Where the 0 of an indicator stands and how far it is to its 1; a width below 0 turns it.</summary>
    private readonly record struct Scale(double Start, double Width)
    {
        public static Scale Of(SetColumn column, bool lowers) =>
            column.Count == 0 ? new(double.NaN, 0)
            : lowers ? new(column.Greatest, -column.Range)
            : new(column.Least, column.Range);
    }
}
