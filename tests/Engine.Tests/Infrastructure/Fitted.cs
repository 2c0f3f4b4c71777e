using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>What fitted models say of every row of a table.</summary>
internal static class Fitted
{
    public static double[] Probabilities(this FittedModel model, TrainingTable table) =>
        Rows(table).Select(row => model.For(table.Columns).Probability(row)).ToArray();

    public static double[] Probabilities(this FittedEnsemble ensemble, TrainingTable table) =>
        Rows(table).Select(row => ensemble.For(table.Columns).Probability(row)).ToArray();

    private static IEnumerable<double[]> Rows(TrainingTable table)
    {
        for (var i = 0; i < table.RowCount; i++)
        {
            var row = new double[table.Columns.Length];
            table.CopyRow(i, row);
            yield return row;
        }
    }
}
