using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Fitting;

public class ModelFitTests
{
    private static readonly TrainingTable Table = Known();

    private static readonly FeatureDesign Design = FeatureDesign.Linear(Table.Columns);

    private static readonly ModelRecipe Recipe = new()
    {
        Folds = 4,
        Seed = 3,
        Net = new ElasticNetOptions { PathLength = 8, SmallestLambdaRatio = 0.001 },
    };

    [Fact]
    public void Run_LambdaLeftOpen_IsTheBestOfTheAlphasByCrossValidation()
    {
        var result = ModelFit.Run(Table, Design, Recipe with { Alphas = [0, 0.5, 1] });

        var folds = FoldAssignment.ByGroup(Table, 4, 3);
        var each = new[] { 0, 0.5, 1 }
            .Select(alpha => CrossValidation.Run(Table, Design, Recipe.Net with { Alpha = alpha }, folds))
            .ToArray();
        var best = each.MinBy(one => one.Points[one.Best].Mean)!;
        Assert.Equal(best.Path.Models[best.Best].Diagnostics, Assert.Single(result.Ensemble.Members).Model.Diagnostics);
        Assert.Equal(
            (best.Path.Models[best.Best].Diagnostics.Alpha, best.Path.Models[best.Best].Diagnostics.Lambda),
            (result.Alpha, result.Lambda)
        );
        Assert.Equal(best.BestHeldOut, result.HeldOut);
        Assert.Null(result.Ensemble.Calibration);
    }

    [Fact]
    public void Run_OneStandardError_TakesTheStrongerPenalty()
    {
        var result = ModelFit.Run(
            Table,
            Design,
            Recipe with
            {
                OneStandardError = true,
                Net = new ElasticNetOptions { PathLength = 40 },
            }
        );

        Assert.True(result.Lambda > result.CrossValidation!.Path.Models[result.CrossValidation.Best].Diagnostics.Lambda);
        Assert.Equal(result.CrossValidation.OneStandardErrorHeldOut, result.HeldOut);
    }

    [Fact]
    public void Run_LambdaGiven_HoldsOutForTheCalibrationOnly()
    {
        var plain = ModelFit.Run(Table, Design, Recipe with { Lambda = 0.01, Alphas = [0.5] });
        var calibrated = ModelFit.Run(Table, Design, Recipe with { Lambda = 0.01, Alphas = [0.5], Calibration = CalibrationMethod.Platt });

        var folds = FoldAssignment.ByGroup(Table, 4, 3);
        var held = new double[Table.RowCount];
        for (var fold = 0; fold < 4; fold++)
        {
            var model = ElasticNet.Fit(
                Table.Select([.. Enumerable.Range(0, held.Length).Where(row => folds.Folds[row] != fold)]),
                Design,
                0.01,
                Recipe.Net with
                {
                    Alpha = 0.5,
                }
            );
            var probabilities = model.Probabilities(Table);
            for (var row = 0; row < held.Length; row++)
                held[row] = folds.Folds[row] == fold ? probabilities[row] : held[row];
        }

        Assert.Null(plain.CrossValidation);
        Assert.True(plain.HeldOut.IsDefault);
        Assert.Equal(held, calibrated.HeldOut);
        Assert.Equal(PlattScaling.Fit(held, Table.Outcomes), calibrated.Ensemble.Calibration);
    }

    [Theory]
    [InlineData(CalibrationMethod.None)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Run_SeveralMembers_CalibratesTheirMean(CalibrationMethod method)
    {
        var result = ModelFit.Run(Table, Design, Recipe with { Members = 5, Calibration = method });

        Assert.Equal(5, result.Ensemble.Members.Length);
        Assert.Equal(5, result.Ensemble.Members.Select(member => member.Model.Intercept).Distinct().Count());
        Assert.All(result.Ensemble.Members, member => Assert.Equal(result.Lambda, member.Model.Diagnostics.Lambda));
        Assert.Equal(method == CalibrationMethod.Isotonic, result.Ensemble.Calibration is IsotonicCalibration);
        var all = result.Ensemble.Members.Select(member => member.Model.Probabilities(Table)).ToArray();
        var mapped = result.Ensemble.Probabilities(Table);
        for (var row = 0; row < mapped.Length; row++)
        {
            var mean = all.Average(member => member[row]);
            Assert.Equal(result.Ensemble.Calibration?.Apply(mean) ?? mean, mapped[row], 1e-9);
        }
    }

    [Fact]
    public void Run_SameSeed_IsTheSameModel()
    {
        var recipe = Recipe with { Members = 3, Calibration = CalibrationMethod.Platt };

        var (first, second) = (ModelFit.Run(Table, Design, recipe), ModelFit.Run(Table, Design, recipe));

        Assert.Equal(first.Ensemble.Probabilities(Table), second.Ensemble.Probabilities(Table));
        Assert.NotEqual(
            first.Ensemble.Probabilities(Table),
            ModelFit.Run(Table, Design, recipe with { Seed = 4 }).Ensemble.Probabilities(Table)
        );
    }

    [Theory]
    [InlineData(1, CalibrationMethod.None, true)]
    [InlineData(3, CalibrationMethod.Platt, true)]
    [InlineData(3, CalibrationMethod.Platt, false)]
    public void Run_Told_RisesToTheEndAndStopsWhereItIsEnded(int members, CalibrationMethod method, bool chooses)
    {
        var recipe = Recipe with { Members = members, Calibration = method, Lambda = chooses ? null : 0.01, Alphas = [0.5] };
        using Told whole = new(),
            half = new(endAt: 0.5);

        ModelFit.Run(Table, Design, recipe, whole, whole.Ending);

        Assert.Equal(whole.Shares.Order(), whole.Shares);
        Assert.InRange(whole.Shares[0], 0, 0.5);
        Assert.InRange(whole.Shares[^1], members == 1 ? 0.79 : 1 - 1e-9, 1 + 1e-9);
        Assert.Throws<OperationCanceledException>(() => ModelFit.Run(Table, Design, recipe, half, half.Ending));
        Assert.True(half.Shares.Count < whole.Shares.Count);
    }

    [Fact]
    public void Run_RecipeThatCannotBe_IsRefused()
    {
        Assert.Equal("alphas", Subject(Recipe with { Alphas = [] }));
        Assert.Equal("members", Subject(Recipe with { Members = 0 }));
        Assert.Equal("folds", Subject(Recipe with { Folds = 21 }));
        Assert.Equal("lambda", Subject(Recipe with { Lambda = -1 }));
    }

    private static TrainingTable Known()
    {
        var known = Panels.History().KnownBy(2020);
        return known.ToTrainingTable(MeanImputation.Fit(known.Columns, known.Rows.Select(row => row.Values)));
    }

    private static string Subject(ModelRecipe recipe) => Assert.Throws<FittingException>(() => ModelFit.Run(Table, Design, recipe)).Subject;
}
