using EarlyWarning.Scoring.Engine.Aggregating;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Attribution;

/// <summary>The two sides of an attribution. It is kept with a state and used again, so that an explanation allocates only once.</summary>
internal sealed class Comparison(Layout layout)
{
    private AggregateState? _later;

    /// <summary>Gets the side that is explained.</summary>
    public Side Now { get; } = new(layout);

    /// <summary>Gets what it is measured from.</summary>
    public Side Then { get; } = new(layout);

    /// <summary>Gets the country's row in the reference set; −1 where it has none.</summary>
    public int Row { get; private set; } = -1;

    /// <summary>Gets the earlier state; null for a baseline.</summary>
    public AggregateState? Earlier { get; private set; }

    /// <summary>Measures from a baseline.</summary>
    public void From(Baseline baseline, int row)
    {
        (Row, Earlier) = (row, null);
        Then.Fill(baseline, Now, row);
    }

    /// <summary>Measures from an earlier state.</summary>
    public void From(AggregateState earlier, AggregateState later, int row) => (Row, Earlier, _later) = (row, earlier, later);

    /// <summary>Whether an observation or its error changed, came or went.</summary>
    public bool IsMoved(int leaf) => !_later!.HasSameValue(Earlier!, leaf);

    /// <summary>Whether an observation came or went.</summary>
    public bool IsArrival(int leaf) => Earlier!.HasValue(leaf) != _later!.HasValue(leaf);

    /// <summary>Whether a leaf's value after its denominator came or went, whatever was imputed in its place.</summary>
    public bool IsKnownArrival(int leaf) => Earlier!.IsKnown(leaf) != _later!.IsKnown(leaf);

    /// <summary>Whether a leaf has a quotient on both sides.</summary>
    public bool HasQuotients(int leaf) => Earlier!.IsKnown(leaf) && _later!.IsKnown(leaf);

    /// <summary>Which parts a leaf and its denominator have in what the mean of its quotient moved by, as a game of two.</summary>
    public (double Dividend, double Divisor) QuotientParts(int leaf)
    {
        var (neither, both) = (Earlier!.QuotientMean(leaf, Earlier), _later!.QuotientMean(leaf, _later));
        var (dividend, divisor) = (_later.QuotientMean(leaf, Earlier), Earlier.QuotientMean(leaf, _later));
        return (((dividend - neither) + (both - divisor)) / 2, ((divisor - neither) + (both - dividend)) / 2);
    }
}
