using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>
/// A history of countries, period by period, with outcomes that become known later. Immutable; rows are kept in order of period and
/// country, in whatever order they were given.
/// </summary>
public sealed class Panel
{
    /// <summary>Initializes a new instance of the <see cref="Panel"/> class.</summary>
    /// <param name="outcome">The outcome's column and the others that tell of outcomes.</param>
    /// <param name="outcomeLead">
    /// After how many periods a row's outcome is known, 0 or more: 1 for an onset in the next year, 2 for one within the next two.
    /// </param>
    /// <param name="columns">The names of the columns, each once.</param>
    /// <param name="rows">The rows, one a country and period.</param>
    /// <exception cref="FittingException">
    /// The lead is below 0, a name is empty or used twice, a country has two rows of one period, or a row has too few or too many values or
    /// an infinite one.
    /// </exception>
    public Panel(OutcomeColumns outcome, int outcomeLead, ImmutableArray<string> columns, IEnumerable<PanelRow> rows)
    {
        if (outcomeLead < 0)
            throw new FittingException(
                "outcomeLead",
                $"{outcomeLead.ToString(CultureInfo.InvariantCulture)} is below 0.",
                "Say after how many periods an outcome is known."
            );
        TableRules.CheckNames(columns);
        (Outcome, OutcomeLead, Columns) = (outcome, outcomeLead, columns);
        Rows = [.. rows.OrderBy(row => row.Period).ThenBy(row => row.Country, StringComparer.Ordinal)];
        for (var i = 0; i < Rows.Length; i++)
            CheckRow(i);
    }

    private Panel(Panel source, ImmutableArray<PanelRow> rows) =>
        (Outcome, OutcomeLead, Columns, Rows) = (source.Outcome, source.OutcomeLead, source.Columns, rows);

    /// <summary>Gets the outcome's column and the others that tell of outcomes.</summary>
    public OutcomeColumns Outcome { get; }

    /// <summary>Gets after how many periods a row's outcome is known.</summary>
    public int OutcomeLead { get; }

    /// <summary>Gets the names of the columns.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Gets the rows, by period, then by country.</summary>
    public ImmutableArray<PanelRow> Rows { get; }

    /// <summary>Gets the number of rows of which it is known that the event came.</summary>
    public int EventCount => Rows.Count(row => row.Outcome == true);

    /// <summary>Keeps the rows before a period whose outcomes are known by its end: those that a model used in it may learn from.</summary>
    /// <param name="period">The period.</param>
    /// <returns>The smaller panel; it may have no row.</returns>
    public Panel KnownBy(int period) =>
        new(this, [.. Rows.Where(row => row.Period < period && (long)row.Period + OutcomeLead <= period && row.Outcome is not null)]);

    /// <summary>Makes a table of the rows whose outcomes are known, with countries as groups.</summary>
    /// <param name="imputation">What fills missing values.</param>
    /// <returns>The table.</returns>
    /// <exception cref="FittingException">No outcome is known, or the imputation was learned on other columns.</exception>
    public TrainingTable ToTrainingTable(MeanImputation imputation) =>
        new(
            Outcome,
            imputation.Columns,
            [
                .. Rows.Where(row => row.Outcome is not null)
                    .Select(row => new TrainingRow(row.Outcome!.Value, imputation.Apply(row.Values))
                    {
                        Imputed = row.Values.Any(double.IsNaN) ? [.. row.Values.Select(double.IsNaN)] : [],
                        Group = row.Country,
                        Period = row.Period,
                    }),
            ]
        );

    private void CheckRow(int i)
    {
        var row = Rows[i];
        var place = $"{row.Country}, {row.Period.ToString(CultureInfo.InvariantCulture)}";
        if (row.Values.Length != Columns.Length)
            throw new FittingException(
                place,
                $"There are {row.Values.Length} values for {Columns.Length} columns.",
                "Give one value a column, NaN where it is missing."
            );
        if (i > 0 && Rows[i - 1].Period == row.Period && Rows[i - 1].Country == row.Country)
            throw new FittingException(place, "There are two rows.", "Give one row a country and period.");
        for (var column = 0; column < Columns.Length; column++)
            if (double.IsInfinity(row.Values[column]))
                throw new FittingException(
                    $"{Columns[column]} ({place})",
                    "The value is infinite.",
                    "Give a number, or NaN where it is missing."
                );
    }
}
