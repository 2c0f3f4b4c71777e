using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using static EarlyWarning.Engine.Tests.Infrastructure.TrainingTables;

namespace EarlyWarning.Engine.Tests.Fitting;

public class ElasticNetTests
{
    private static readonly ElasticNetOptions Tight = new() { Tolerance = 1e-12 };

    private static readonly Gen<double> Alpha = Gen.Frequency((1, Gen.OneOf(0.0, 1.0)), (2, Gen.Double[0, 1]));

    [Fact]
    public void Fit_AnyPenalty_MeetsTheConditionsOfTheOptimum() =>
        Gen.Select(Any(), Alpha, Gen.Double[-4, 0])
            .Sample(
                (table, alpha, exponent) =>
                {
                    var lambda = Math.Pow(10, exponent);
                    var design = FeatureDesign.Linear(table.Columns).WithInteraction("x1", "x1");

                    var model = ElasticNet.Fit(table, design, lambda, Tight with { Alpha = alpha });

                    Assert.True(model.Diagnostics.Converged);
                    var (intercept, slopes, standardised) = NaiveLogistic.Slopes(table, model);
                    Assert.Equal(0, intercept, 1e-10);
                    for (var j = 0; j < slopes.Length; j++)
                    {
                        if (standardised[j] == 0)
                            Assert.InRange(slopes[j], (-lambda * alpha) - 1e-10, (lambda * alpha) + 1e-10);
                        else
                            Assert.Equal(
                                lambda * (((1 - alpha) * standardised[j]) + (alpha * Math.Sign(standardised[j]))),
                                slopes[j],
                                1e-10
                            );
                    }
                },
                iter: 300
            );

    [Fact]
    public void Fit_Ridge_EqualsNaiveNewton() =>
        Gen.Select(Any(), Gen.Double[0.001, 2])
            .Sample(
                (table, lambda) =>
                    AssertClose(
                        NaiveLogistic.Newton(table, lambda),
                        Coefficients(ElasticNet.Fit(table, FeatureDesign.Linear(table.Columns), lambda, Tight))
                    ),
                iter: 100
            );

    [Fact]
    public void Fit_NoPenalty_EqualsNaiveNewton() =>
        Any(70)
            .Sample(
                table =>
                    AssertClose(
                        NaiveLogistic.Newton(table, 0),
                        Coefficients(ElasticNet.Fit(table, FeatureDesign.Linear(table.Columns), 0, Tight))
                    ),
                iter: 100
            );

    [Fact]
    public void Fit_NoPenalty_EqualsR()
    {
        // glm(y ~ x1 + x2, family = binomial) of R 4.2.2, epsilon 1e-14.
        var model = ElasticNet.Fit(Reference, Both, 0, Tight);

        AssertClose([-1.16191626774174850, 1.33715020130568552, 0.03910023938709366], Coefficients(model));
        Assert.Equal(-7.79775936170382, model.Diagnostics.LogLikelihood, 1e-10);
        Assert.Equal(-10.96502731642333, model.Diagnostics.NullLogLikelihood, 1e-10);
    }

    [Fact]
    public void Fit_NoPenaltyAndWeights_EqualsR()
    {
        var rows = Rows(Reference);
        double[] weights = [1, 2, 1, 1, 3, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1];
        var table = new TrainingTable(Outcome, ["x1", "x2"], [.. rows.Select((row, i) => row with { Weight = weights[i] })]);

        var model = ElasticNet.Fit(table, Both, 0, Tight);

        AssertClose([-1.0044602122247717, 1.5659180374415440, -0.1604575163967275], Coefficients(model));
        Assert.Equal(-10.06485800015308, model.Diagnostics.LogLikelihood, 1e-10);
    }

    [Fact]
    public void Fit_SquareAndInteraction_EqualsR()
    {
        // glm(y ~ x1 + x2 + I(x1^2) + x1:x2, family = binomial)
        var model = ElasticNet.Fit(Reference, Both.WithInteraction("x1", "x1").WithInteraction("x1", "x2"), 0, Tight);

        AssertClose(
            [-0.2686411607176924, -0.2992912129218929, -0.3512492980246294, 0.5509412056186518, 0.3597589348626117],
            Coefficients(model)
        );
        Assert.Equal(-6.859014078818987, model.Diagnostics.LogLikelihood, 1e-10);
    }

    [Fact]
    public void Fit_Ridge_EqualsR()
    {
        // optim(BFGS) of the objective with lambda 0.1 over features standardised by their population deviation; good to about 1e-7.
        var model = ElasticNet.Fit(Reference, Both, 0.1, Tight);

        AssertClose([-0.72400616949209029, 0.72839261224877494, 0.02457433983537124], Coefficients(model), 1e-6);
    }

    [Fact]
    public void FitPath_Lasso_StartsWhereTheFirstTermEnters()
    {
        var path = ElasticNet.FitPath(Reference, Both, Tight with { Alpha = 1, PathLength = 20 });
        var largest = path.Lambdas[0];

        Assert.Equal(20, path.Models.Length);
        Assert.Equal(1e-4, path.Lambdas[^1] / largest, 1e-12);
        Assert.Equal(0, path.Models[0].SelectedCount);
        Assert.Equal(Math.Log(7.0 / 9), path.Models[0].Intercept, 1e-10);
        Assert.Equal(0, ElasticNet.Fit(Reference, Both, largest * 3, Tight with { Alpha = 1 }).SelectedCount);
        Assert.Equal(1, ElasticNet.Fit(Reference, Both, largest * 0.999, Tight with { Alpha = 1 }).SelectedCount);
    }

    [Fact]
    public void FitPath_AnyTable_EqualsFitsOneByOne() =>
        Gen.Select(Any(), Alpha)
            .Sample(
                (table, alpha) =>
                {
                    var options = Tight with { Alpha = alpha, PathLength = 8, SmallestLambdaRatio = 0.01 };
                    var design = FeatureDesign.Linear(table.Columns);
                    foreach (var model in ElasticNet.FitPath(table, design, options).Models)
                        AssertClose(
                            Coefficients(ElasticNet.Fit(table, design, model.Diagnostics.Lambda, options)),
                            Coefficients(model),
                            1e-7
                        );
                },
                iter: 50
            );

    [Fact]
    public void Fit_RowsInAnotherOrder_IsTheSameModel() =>
        Gen.Select(Any(), Gen.Int[1, 1000])
            .Sample(
                (table, seed) =>
                {
                    var rows = Rows(table).OrderBy(row => HashCode.Combine(seed, row.Values[0])).ToList();
                    var (design, options) = (FeatureDesign.Linear(table.Columns), Tight with { Alpha = 0.5 });

                    var shuffled = ElasticNet.Fit(new TrainingTable(Outcome, table.Columns, rows), design, 0.05, options);

                    AssertClose(Coefficients(ElasticNet.Fit(table, design, 0.05, options)), Coefficients(shuffled));
                },
                iter: 50
            );

    [Fact]
    public void Fit_FeatureInAnotherUnit_HasTheCoefficientInThatUnit()
    {
        var rows = Rows(Reference).Select(row => row with { Values = [(row.Values[0] * 1000) + 50, row.Values[1]] }).ToList();
        var options = Tight with { Alpha = 0.5 };

        var model = Coefficients(ElasticNet.Fit(new TrainingTable(Outcome, ["x1", "x2"], rows), Both, 0.05, options));
        var before = Coefficients(ElasticNet.Fit(Reference, Both, 0.05, options));

        AssertClose([before[0] - (50 * before[1] / 1000), before[1] / 1000, before[2]], model);
    }

    [Fact]
    public void Fit_RowOfDoubleWeight_EqualsTheRowTwice()
    {
        var rows = Rows(Reference);
        var (design, options) = (Both.WithInteraction("x2", "x2"), Tight with { Alpha = 0.3 });
        var heavy = new TrainingTable(Outcome, ["x1", "x2"], [rows[0] with { Weight = 2 }, .. rows[1..]]);
        var twice = new TrainingTable(Outcome, ["x1", "x2"], [rows[0], .. rows]);

        AssertClose(Coefficients(ElasticNet.Fit(twice, design, 0.02, options)), Coefficients(ElasticNet.Fit(heavy, design, 0.02, options)));
    }

    [Fact]
    public void Fit_FeaturesAlikeUnderLasso_StillMeetsTheOptimum()
    {
        // A year and its square over a short time are all but one column: descent alone would crawl.
        var rows = Enumerable
            .Range(0, 60)
            .Select(i => new TrainingRow(i % 7 == 0 || i > 50, [1990 + i, (1990 + i) * (1990 + i), i % 5]))
            .ToList();
        var table = new TrainingTable(Outcome, ["year", "year_sq", "x"], rows);

        var model = ElasticNet.Fit(table, FeatureDesign.Linear(table.Columns), 1e-5, Tight with { Alpha = 0.9 });

        Assert.True(model.Diagnostics.Converged);
        Assert.InRange(model.Diagnostics.Iterations, 1, 30);
    }

    [Fact]
    public void Fit_ColumnNeverChanges_GetsNoCoefficient()
    {
        var rows = Rows(Reference).Select(row => row with { Values = [row.Values[0], 7] }).ToList();

        var model = ElasticNet.Fit(new TrainingTable(Outcome, ["x1", "x2"], rows), Both, 0, Tight);

        Assert.Equal(0, model.Terms[1].Coefficient);
        AssertClose(Coefficients(ElasticNet.Fit(Reference, FeatureDesign.Linear("x1"), 0, Tight)), Coefficients(model)[..2]);
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance = 1e-8)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
