using System.Collections.Immutable;
using CsCheck;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Small and random tables of cases.</summary>
internal static class TrainingTables
{
    public static readonly OutcomeColumns Outcome = new("onset");

    /// <summary>The table whose fits R's glm was asked for.</summary>
    public static readonly TrainingTable Reference = Of(
        [0.5, 1.2, -0.3, 2.1, 0.8, -1.4, 1.9, 0.1, -0.7, 1.1, 2.6, -2.0, 0.4, 1.6, -0.9, 0.2],
        [3, 1, 4, 2, 5, 2, 6, 5, 3, 1, 4, 6, 2, 7, 5, 3],
        [0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1],
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    );

    public static readonly FeatureDesign Both = FeatureDesign.Linear("x1", "x2");

    /// <summary>
    /// Tables that no term separates as a rule: the outcome leans on the first two columns and on chance. Some rows count for more. Each
    /// outcome is in two groups at least, without which there are no folds.
    /// </summary>
    public static Gen<TrainingTable> Any(int fewestRows = 30) =>
        Gen.Select(
            Gen.Int[fewestRows, fewestRows + 60],
            Gen.Int[1, 6],
            Gen.Double[0.01, 100],
            Gen.Int[-2000, 2000].Select(thousandths => thousandths / 1000.0).Array[700],
            Gen.Double[0, 1].Array[300],
            (rows, columns, unit, values, chances) =>
                new TrainingTable(
                    Outcome,
                    [.. Names(columns)],
                    [
                        .. Enumerable
                            .Range(0, rows)
                            .Select(row =>
                            {
                                var features = Enumerable
                                    .Range(0, columns)
                                    .Select(column => values[((row * columns) + column) % 700])
                                    .ToArray();
                                var odds = Math.Exp(features[0] - (columns > 1 ? features[1] : 0));

                                // The first four rows, of four groups, hold both outcomes twice.
                                var outcome = row < 4 ? row % 2 == 0 : chances[row] < odds / (1 + odds);
                                return new TrainingRow(
                                    outcome,
                                    [.. features.Select((value, column) => column == 0 ? (unit * value) + 3 : value)]
                                )
                                {
                                    Weight = chances[row + 150] < 0.3 ? 2.5 : 1,
                                    Group = $"g{row % 7}",
                                };
                            }),
                    ]
                )
        );

    public static IEnumerable<string> Names(int columns) => Enumerable.Range(1, columns).Select(column => $"x{column}");

    public static TrainingTable Of(double[] x1, double[] x2, int[] outcomes, double[] weights) =>
        new(
            Outcome,
            ["x1", "x2"],
            [.. outcomes.Select((outcome, i) => new TrainingRow(outcome == 1, [x1[i], x2[i]]) { Weight = weights[i] })]
        );

    /// <summary>A table of one group, a row a period.</summary>
    public static TrainingTable Series(int[] outcomes, params (string Name, double[] Values)[] columns) =>
        new(
            Outcome,
            [.. columns.Select(column => column.Name)],
            [.. outcomes.Select((outcome, i) => new TrainingRow(outcome == 1, [.. columns.Select(column => column.Values[i])]))]
        );

    public static double[] Coefficients(FittedModel model) => [model.Intercept, .. model.Terms.Select(term => term.Coefficient)];

    public static ImmutableArray<double> Row(TrainingTable table, int row) =>
        [.. Enumerable.Range(0, table.Columns.Length).Select(column => table.Column(column)[row])];

    public static List<TrainingRow> Rows(TrainingTable table) =>
        [
            .. Enumerable
                .Range(0, table.RowCount)
                .Select(row => new TrainingRow(table.Outcomes[row], Row(table, row))
                {
                    Weight = table.Weights[row],
                    Group = table.Groups[row],
                    Period = table.Periods[row],
                }),
        ];
}
