using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Engine.Explanation;

/// <summary>The two sides of an attribution. It is kept with a state and used again, so that an explanation allocates only once.</summary>
internal sealed class Comparison(Layout layout)
{
    private LeafValues _later;
    private LeafValues _before;

    /// <summary>Gets the side that is explained.</summary>
    public Side Now { get; } = new(layout);

    /// <summary>Gets what it is measured from.</summary>
    public Side Then { get; } = new(layout);

    /// <summary>Gets the country's row in the reference set; −1 where it has none.</summary>
    public int Row { get; private set; } = -1;

    /// <summary>Gets the leaves of the earlier state; null for a baseline.</summary>
    public LeafValues? Earlier { get; private set; }

    /// <summary>Measures from a baseline.</summary>
    public void From(Baseline baseline, int row)
    {
        (Row, Earlier) = (row, null);
        Then.Fill(baseline, Now, row);
    }

    /// <summary>Measures from an earlier state.</summary>
    public void From(LeafValues earlier, LeafValues later, int row) => (Row, Earlier, _before, _later) = (row, earlier, earlier, later);

    /// <summary>Whether an observation changed, came or went.</summary>
    public bool IsMoved(int leaf) => !_before.Values[leaf].Equals(_later.Values[leaf]);

    /// <summary>Whether an observation came or went.</summary>
    public bool IsArrival(int leaf) => double.IsNaN(_before.Values[leaf]) != double.IsNaN(_later.Values[leaf]);

    /// <summary>Whether a leaf's value after its denominator came or went, whatever was imputed in its place.</summary>
    public bool IsKnownArrival(int leaf) => double.IsNaN(_before.Known[leaf]) != double.IsNaN(_later.Known[leaf]);

    /// <summary>Whether a leaf has a quotient on both sides.</summary>
    public bool HasQuotients(int leaf) => !double.IsNaN(_before.Known[leaf]) && !double.IsNaN(_later.Known[leaf]);

    /// <summary>A leaf's value and its denominator's on both sides.</summary>
    public (double Then, double Now, double OldDivisor, double NewDivisor) Quotient(int leaf)
    {
        var divisor = layout.LeafPlans[leaf].Denominator;
        return (_before.Values[leaf], _later.Values[leaf], _before.Values[divisor], _later.Values[divisor]);
    }
}

/// <summary>What a state knows of its leaves.</summary>
/// <param name="Values">What was observed.</param>
/// <param name="Known">That, denominated.</param>
internal readonly record struct LeafValues(double[] Values, double[] Known);
