using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using static EarlyWarning.Engine.Tests.Infrastructure.TrainingTables;

namespace EarlyWarning.Engine.Tests.Fitting;

public class EnsembleFitTests
{
    private static readonly ElasticNetOptions Options = new();

    [Fact]
    public void Equal_SeveralDesigns_AveragesTheirModels()
    {
        var ensemble = EnsembleFit.Equal(
            Reference,
            [
                new EnsemblePlan(FeatureDesign.Linear("x1"), 0.05, Options),
                new EnsemblePlan(FeatureDesign.Linear("x2"), 0.05, Options),
                new EnsemblePlan(Both, 0.05, Options),
            ]
        );

        var first = ElasticNet.Fit(Reference, FeatureDesign.Linear("x1"), 0.05, Options).Probabilities(Reference);
        var second = ElasticNet.Fit(Reference, FeatureDesign.Linear("x2"), 0.05, Options).Probabilities(Reference);
        var third = ElasticNet.Fit(Reference, Both, 0.05, Options).Probabilities(Reference);
        var mean = ensemble.Probabilities(Reference);
        for (var row = 0; row < mean.Length; row++)
            Assert.Equal((first[row] + second[row] + third[row]) / 3, mean[row], 1e-12);
    }

    [Fact]
    public void Equal_Bootstraps_DifferByMemberAndRepeatBySeed()
    {
        var plans = EnsemblePlan.Bootstraps(Both, 0.05, Options, 5, seed: 7);

        var ensemble = EnsembleFit.Equal(Reference, plans);
        var again = EnsembleFit.Equal(Reference, plans);
        var other = EnsembleFit.Equal(Reference, EnsemblePlan.Bootstraps(Both, 0.05, Options, 5, seed: 8));

        Assert.Equal(5, ensemble.Members.Select(member => member.Model.Intercept).Distinct().Count());
        Assert.Equal(Intercepts(ensemble), Intercepts(again));
        Assert.NotEqual(Intercepts(ensemble), Intercepts(other));
    }

    [Fact]
    public void Equal_BootstrapOfAMember_HasTheEventsAndOthersOfTheTable()
    {
        // The weighted rate of a sample shows in the intercept of a model whose coefficients are pressed to 0.
        var plans = EnsemblePlan.Bootstraps(Both, 1e9, Options, 3, seed: 1);

        Assert.All(EnsembleFit.Equal(Reference, plans).Members, member => Assert.Equal(Math.Log(7.0 / 9), member.Model.Intercept, 1e-6));
    }

    [Fact]
    public void Equal_BootstrapOfGroups_WeighsTheRowsOfAGroupAlike()
    {
        // With one feature a group of its own, a sample that left a group out has no such value in it. Pressed to 0, the model's intercept
        // is the log-odds of a rate that whole groups can make: each group has two rows, and the first of groups 0 to 2 is an event.
        var rows = Enumerable.Range(0, 12).Select(i => new TrainingRow(i is 0 or 2 or 4, [i]) { Group = $"g{i / 2}" }).ToList();
        var table = new TrainingTable(Outcome, ["x"], rows);

        var plans = EnsemblePlan.Bootstraps(FeatureDesign.Linear("x"), 1e12, Options, 20, seed: 5, groups: true);
        var rates = EnsembleFit.Equal(table, plans).Members.Select(member => 1 / (1 + Math.Exp(-member.Model.Intercept))).ToArray();

        Assert.All(rates, rate => Assert.Equal(Math.Round(rate * 12), rate * 12, 1e-6));
        Assert.All(rates, rate => Assert.InRange(rate, 1 / 12.0 - 1e-6, 0.5 + 1e-6));
        Assert.True(rates.Select(rate => Math.Round(rate * 12)).Distinct().Count() > 2);
    }

    [Fact]
    public void Equal_NoPlan_IsRefused() =>
        Assert.Equal("plans", Assert.Throws<FittingException>(() => EnsembleFit.Equal(Reference, [])).Subject);

    private static IEnumerable<double> Intercepts(FittedEnsemble ensemble) => ensemble.Members.Select(member => member.Model.Intercept);
}
