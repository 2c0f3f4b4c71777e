using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using static EarlyWarning.Engine.Tests.Infrastructure.TrainingTables;

namespace EarlyWarning.Engine.Tests.Fitting;

public class CrossValidationTests
{
    private static readonly ElasticNetOptions Options = new()
    {
        Tolerance = 1e-12,
        PathLength = 12,
        SmallestLambdaRatio = 0.001,
        Alpha = 0.5,
    };

    [Theory]
    [InlineData(CrossValidationMeasure.Deviance)]
    [InlineData(CrossValidationMeasure.AreaUnderRoc)]
    public void Run_AnyTable_EqualsFitsWithoutEachFold(CrossValidationMeasure measure) =>
        Gen.Select(Any(60), Gen.ULong)
            .Sample(
                (table, seed) =>
                {
                    var design = FeatureDesign.Linear(table.Columns);
                    var folds = FoldAssignment.ByRow(table, 4, seed);

                    var result = CrossValidation.Run(table, design, Options, folds, measure);

                    foreach (var point in new[] { 0, 5, 11 })
                    {
                        var (mean, error) = Naive(table, design, folds, result.Points[point].Lambda, measure);
                        Assert.Equal(mean, result.Points[point].Mean, 1e-6);
                        Assert.Equal(error, result.Points[point].StandardError, 1e-6);
                        Assert.Equal(result.Path.Models[point].SelectedCount, result.Points[point].Selected);
                    }
                },
                iter: 15
            );

    [Fact]
    public void Run_AnyTable_ChoosesTheBestAndTheStrongestWithinOneError() =>
        Gen.Select(Any(60), Gen.ULong, Gen.Bool)
            .Sample(
                (table, seed, area) =>
                {
                    var measure = area ? CrossValidationMeasure.AreaUnderRoc : CrossValidationMeasure.Deviance;
                    var sign = area ? -1 : 1;

                    var result = CrossValidation.Run(
                        table,
                        FeatureDesign.Linear(table.Columns),
                        Options,
                        FoldAssignment.ByGroup(table, 4, seed),
                        measure
                    );

                    var best = result.Points[result.Best];
                    Assert.All(result.Points, point => Assert.True(sign * point.Mean >= sign * best.Mean));
                    Assert.True(result.OneStandardError <= result.Best);
                    Assert.True(sign * result.Points[result.OneStandardError].Mean <= (sign * best.Mean) + best.StandardError);
                    Assert.All(result.Points.Take(result.OneStandardError), point =>
                        Assert.True(sign * point.Mean > (sign * best.Mean) + best.StandardError)
                    );
                    Assert.Equal(result.Path.Models[result.Best].Diagnostics.Lambda, best.Lambda);
                },
                iter: 30
            );

    [Fact]
    public void Run_FoldsOfAnotherTable_AreRefused()
    {
        var folds = FoldAssignment.ByRow(Reference.Select([0, 1, 2, 3]), 2, 1);

        Assert.Equal("folds", Assert.Throws<FittingException>(() => CrossValidation.Run(Reference, Both, Options, folds)).Subject);
    }

    [Fact]
    public void Run_OneFoldHoldsAllEvents_IsRefused()
    {
        var folds = FoldAssignment.ByKey(Reference, row => Reference.Outcomes[row] ? 0 : 1 + (row % 2), 3, 1);

        Assert.Equal("onset", Assert.Throws<FittingException>(() => CrossValidation.Run(Reference, Both, Options, folds)).Subject);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_RarerOutcomeInOneGroupAlone_IsRefusedNamingTheFold(bool rarer)
    {
        // Whether events or the others are the rare ones, without the fold of that group there is one outcome.
        var rows = Enumerable
            .Range(0, 40)
            .Select(i => new TrainingRow((i % 4 == 1 && i < 9) == rarer, [i % 7, i % 5]) { Group = $"g{i % 4}" });
        var table = new TrainingTable(Outcome, ["x1", "x2"], [.. rows]);

        var error = Assert.Throws<FittingException>(() => CrossValidation.Run(table, Both, Options, FoldAssignment.ByGroup(table, 4, 1)));

        Assert.Matches("Fold [1-4] of 4 holds every row whose outcome is", error.Reason);
    }

    private static (double Mean, double Error) Naive(
        TrainingTable table,
        FeatureDesign design,
        FoldAssignment folds,
        double lambda,
        CrossValidationMeasure measure
    )
    {
        var values = new List<(double Value, double Weight)>();
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var model = ElasticNet.Fit(
                table.Select([.. Enumerable.Range(0, table.RowCount).Where(row => folds.Folds[row] != fold)]),
                design,
                lambda,
                Options
            );
            var inside = Enumerable.Range(0, table.RowCount).Where(row => folds.Folds[row] == fold).ToArray();
            var held = table.Select(inside);
            var probabilities = model.Probabilities(held);
            var bounded = probabilities.Select(p => Math.Clamp(p, 1e-5, 1 - 1e-5)).ToArray();
            var weight = held.Weights.ToArray().Sum();
            if (measure == CrossValidationMeasure.Deviance)
            {
                var loss = bounded.Select((p, i) => -2 * held.Weights[i] * Math.Log(held.Outcomes[i] ? p : 1 - p)).Sum();
                values.Add((loss / weight, weight));
            }
            else if (held.EventCount > 0 && held.EventCount < held.RowCount)
            {
                var pairs = (
                    from i in Enumerable.Range(0, held.RowCount)
                    from j in Enumerable.Range(0, held.RowCount)
                    where held.Outcomes[i] && !held.Outcomes[j]
                    select probabilities[i] > probabilities[j] ? 1
                    : probabilities[i] == probabilities[j] ? 0.5
                    : 0
                ).ToArray();
                values.Add((pairs.Average(), weight));
            }
        }

        var mean = values.Sum(value => value.Value * value.Weight) / values.Sum(value => value.Weight);
        var variance = values.Sum(value => value.Weight * Math.Pow(value.Value - mean, 2)) / values.Sum(value => value.Weight);
        return (mean, Math.Sqrt(variance / (values.Count - 1)));
    }
}
