using EarlyWarning.Scoring.Engine.Construction.Stages;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>
/// Puts the mean or median of the reference set, or of the country's group in it, into a leaf. The standard error of such a value is how
/// far the set's own values lie from it: the root of Σ (x − centre)² / (n − 1).
/// </summary>
internal sealed class CentralFiller : IFiller
{
    private readonly int _leaf;
    private readonly string? _grouping;
    private readonly (double Value, double Error) _whole;
    private readonly Dictionary<string, (double Value, double Error)> _groups = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="CentralFiller"/> class.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <param name="imputation">Which middle.</param>
    /// <param name="column">The set's values.</param>
    /// <param name="units">The set's units.</param>
    public CentralFiller(int leaf, CentralValue imputation, SetColumn column, IReadOnlyList<ReferenceUnit> units)
    {
        _leaf = leaf;
        _grouping = imputation.Group;
        _whole = CentreOf(column, imputation.Statistic);
        if (_grouping is null)
            return;
        var groups = Enumerable
            .Range(0, units.Count)
            .Where(unit => units[unit].GroupIn(_grouping) is not null)
            .GroupBy(unit => units[unit].GroupIn(_grouping)!, unit => column.Values[unit]);
        foreach (var group in groups)
            _groups[group.Key] = CentreOf(new SetColumn([.. group]), imputation.Statistic);
    }

    public void Fill(ReadOnlySpan<double> observed, Span<double> row, Span<double> errors, IReadOnlyDictionary<string, string>? groups)
    {
        if (!double.IsNaN(observed[_leaf]))
            return;
        var centre = _whole;
        if (_grouping is not null)
        {
            var group = groups?.GetValueOrDefault(_grouping);
            if (group is null || !_groups.TryGetValue(group, out centre))
                return;
        }

        if (!double.IsNaN(centre.Value))
            (row[_leaf], errors[_leaf]) = centre;
    }

    private static (double Value, double Error) CentreOf(SetColumn column, CentralStatistic statistic)
    {
        var centre = statistic == CentralStatistic.Median ? column.Median : column.Mean;
        var squares = 0.0;
        foreach (var value in column.Present)
            squares += (value - centre) * (value - centre);
        return (centre, column.Count > 1 ? Math.Sqrt(squares / (column.Count - 1)) : 0);
    }
}
