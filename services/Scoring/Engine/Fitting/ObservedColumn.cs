using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>A column of a table as it was observed, and where its rows stand in their groups.</summary>
/// <param name="table">The table.</param>
/// <param name="column">The column's number.</param>
/// <param name="places">Where the rows stand.</param>
internal readonly ref struct ObservedColumn(TrainingTable table, int column, GroupPlaces places)
{
    private readonly ReadOnlySpan<double> _values = table.Column(column);

    /// <summary>Gets where the rows stand.</summary>
    public GroupPlaces Places => places;

    /// <summary>Gets the number of rows.</summary>
    public int Length => _values.Length;

    /// <summary>Reads a row's value.</summary>
    public double this[int row] => _values[row];

    /// <summary>Whether a row's value was observed.</summary>
    public bool IsObserved(int row) => !table.IsImputed(column, row);
}
