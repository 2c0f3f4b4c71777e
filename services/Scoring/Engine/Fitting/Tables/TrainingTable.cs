using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting.Tables;

/// <summary>
/// Cases with outcomes, column by column: what models are fitted on. Immutable and safe to share between threads. Columns that no model may
/// learn from may stand in it; they are refused when a model asks for them.
/// </summary>
public sealed class TrainingTable
{
    private readonly double[] _values;
    private readonly bool[] _outcomes;
    private readonly double[] _weights;
    private readonly bool[] _imputed;

    /// <summary>Initializes a new instance of the <see cref="TrainingTable"/> class.</summary>
    /// <param name="outcome">The outcome's column and the others that tell of outcomes.</param>
    /// <param name="columns">The names of the columns, each once.</param>
    /// <param name="rows">The cases, each with one value a column.</param>
    /// <exception cref="FittingException">
    /// There is no row, a name is empty or used twice, a row has too few or too many values, a value is not finite (the exception names
    /// column and row) or a weight is not above 0.
    /// </exception>
    public TrainingTable(OutcomeColumns outcome, ImmutableArray<string> columns, IReadOnlyList<TrainingRow> rows)
    {
        TableRules.Check(columns, rows);
        Outcome = outcome;
        Columns = columns;
        RowCount = rows.Count;
        _values = new double[columns.Length * rows.Count];
        _outcomes = new bool[rows.Count];
        _weights = new double[rows.Count];
        _imputed = rows.Any(row => row.Imputed.Contains(true)) ? new bool[_values.Length] : [];
        var groups = ImmutableArray.CreateBuilder<string>(rows.Count);
        var periods = ImmutableArray.CreateBuilder<int?>(rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var source = rows[row];
            for (var column = 0; column < columns.Length; column++)
                _values[(column * RowCount) + row] = source.Values[column];
            for (var column = 0; column < source.Imputed.Length && _imputed.Length > 0; column++)
                _imputed[(column * RowCount) + row] = source.Imputed[column];
            _outcomes[row] = source.Outcome;
            _weights[row] = source.Weight;
            groups.Add(source.Group);
            periods.Add(source.Period);
        }

        Groups = groups.MoveToImmutable();
        Periods = periods.MoveToImmutable();
        EventCount = _outcomes.AsSpan().Count(true);
    }

    private TrainingTable(TrainingTable source, ReadOnlySpan<int> rows, ReadOnlySpan<double> factors)
    {
        Outcome = source.Outcome;
        Columns = source.Columns;
        RowCount = rows.Length;
        _values = new double[Columns.Length * RowCount];
        _outcomes = new bool[RowCount];
        _weights = new double[RowCount];
        _imputed = source._imputed.Length > 0 ? new bool[_values.Length] : [];
        for (var column = 0; column < Columns.Length; column++)
        {
            var from = source.Column(column);
            var to = _values.AsSpan(column * RowCount, RowCount);
            for (var i = 0; i < rows.Length; i++)
                to[i] = from[rows[i]];
            for (var i = 0; i < rows.Length && _imputed.Length > 0; i++)
                _imputed[(column * RowCount) + i] = source.IsImputed(column, rows[i]);
        }

        var groups = ImmutableArray.CreateBuilder<string>(RowCount);
        var periods = ImmutableArray.CreateBuilder<int?>(RowCount);
        for (var i = 0; i < rows.Length; i++)
        {
            _outcomes[i] = source._outcomes[rows[i]];
            _weights[i] = source._weights[rows[i]] * (factors.IsEmpty ? 1 : factors[i]);
            groups.Add(source.Groups[rows[i]]);
            periods.Add(source.Periods[rows[i]]);
        }

        Groups = groups.MoveToImmutable();
        Periods = periods.MoveToImmutable();
        EventCount = _outcomes.AsSpan().Count(true);
    }

    /// <summary>Gets the outcome's column and the others that tell of outcomes.</summary>
    public OutcomeColumns Outcome { get; }

    /// <summary>Gets the names of the columns.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Gets the number of rows in which the event came.</summary>
    public int EventCount { get; }

    /// <summary>Gets each row's outcome.</summary>
    public ReadOnlySpan<bool> Outcomes => _outcomes;

    /// <summary>Gets each row's weight.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Gets each row's group; empty for none.</summary>
    public ImmutableArray<string> Groups { get; }

    /// <summary>Gets each row's period within its group.</summary>
    public ImmutableArray<int?> Periods { get; }

    /// <summary>Reads a column.</summary>
    /// <param name="column">Its number.</param>
    /// <returns>One value a row.</returns>
    public ReadOnlySpan<double> Column(int column) => _values.AsSpan(column * RowCount, RowCount);

    /// <summary>Whether a value was put in the place of a missing one.</summary>
    internal bool IsImputed(int column, int row) => _imputed.Length > 0 && _imputed[(column * RowCount) + row];

    /// <summary>Copies a row.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="values">Gets one value a column.</param>
    public void CopyRow(int row, Span<double> values)
    {
        for (var column = 0; column < Columns.Length; column++)
            values[column] = _values[(column * RowCount) + row];
    }

    /// <summary>Makes a table of some of the rows, in the order given; a row may be named more than once.</summary>
    /// <param name="rows">The numbers of the rows.</param>
    /// <returns>The new table.</returns>
    /// <exception cref="FittingException">No row is named.</exception>
    public TrainingTable Select(ReadOnlySpan<int> rows) => Select(rows, []);

    /// <summary>As <see cref="Select(ReadOnlySpan{int})"/>, with each row's weight multiplied.</summary>
    internal TrainingTable Select(ReadOnlySpan<int> rows, ReadOnlySpan<double> factors) =>
        rows.IsEmpty ? throw new FittingException("rows", "There is none.", "Give at least one.") : new TrainingTable(this, rows, factors);
}
