using CsCheck;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Solving;
using EarlyWarning.Scoring.Engine.Numerics;
using static EarlyWarning.Engine.Tests.Infrastructure.TrainingTables;

namespace EarlyWarning.Engine.Tests.Fitting;

public class EnsembleFitTests
{
    private static readonly ElasticNetOptions Options = new();

    [Fact]
    public void Equal_Subsets_AveragesTheirModels()
    {
        var ensemble = EnsembleFit.Equal(
            Reference,
            EnsemblePlan.Subsets([FeatureDesign.Linear("x1"), FeatureDesign.Linear("x2"), Both], 0.05, Options)
        );

        var first = ElasticNet.Fit(Reference, FeatureDesign.Linear("x1"), 0.05, Options).Probabilities(Reference);
        var second = ElasticNet.Fit(Reference, FeatureDesign.Linear("x2"), 0.05, Options).Probabilities(Reference);
        var third = ElasticNet.Fit(Reference, Both, 0.05, Options).Probabilities(Reference);
        var mean = ensemble.Probabilities(Reference);
        for (var row = 0; row < mean.Length; row++)
            Assert.Equal((first[row] + second[row] + third[row]) / 3, mean[row], 1e-12);
        Assert.Null(ensemble.HeldOutLogScore);
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
    public void Stacked_OneMemberKnows_GetsTheWeight()
    {
        // x1 leads the outcome with some error, x2 is noise.
        var generator = new SplitMix64(3);
        var rows = Enumerable
            .Range(0, 300)
            .Select(i =>
            {
                var x1 = (generator.At((ulong)(2 * i)) >> 11) / (double)(1UL << 53);
                var x2 = (generator.At((ulong)((2 * i) + 1)) >> 11) / (double)(1UL << 53);
                return new TrainingRow(x1 > 0.6 != (i % 10 == 0), [x1, x2]);
            })
            .ToList();
        var table = new TrainingTable(Outcome, ["x1", "x2"], rows);
        var plans = EnsemblePlan.Subsets([FeatureDesign.Linear("x2"), FeatureDesign.Linear("x1")], 0.001, Options);

        var ensemble = EnsembleFit.Stacked(table, plans, FoldAssignment.ByRow(table, 5, 1));

        Assert.Equal(1, ensemble.Members.Sum(member => member.Weight), 1e-12);
        Assert.InRange(ensemble.Members[1].Weight, 0.9, 1);
        Assert.InRange(ensemble.HeldOutLogScore!.Value, 0.1, 0.6);
    }

    [Fact]
    public void Weights_AnyLikelihoods_MeetTheConditionsOfTheOptimum() =>
        Gen.Select(Gen.Int[1, 5], Gen.Double[0.02, 1].Array[100], Gen.Double[0.5, 2].Array[20])
            .Sample(
                (members, values, counts) =>
                {
                    var likelihoods = Enumerable.Range(0, members).Select(member => values[(member * 20)..((member + 1) * 20)]).ToArray();

                    var (weights, score) = Stacking.Weights(likelihoods, counts);

                    Assert.Equal(1, weights.Sum(), 1e-9);
                    Assert.All(weights, weight => Assert.True(weight >= 0));
                    var mixture = Enumerable
                        .Range(0, 20)
                        .Select(row => likelihoods.Select((all, member) => weights[member] * all[row]).Sum())
                        .ToArray();
                    Assert.Equal(-mixture.Select((p, row) => counts[row] * Math.Log(p)).Sum() / counts.Sum(), score, 1e-9);

                    // No shift of weight to a member can gain more than the slack: the mean of its likelihood over the mixture's is at most
                    // 1.
                    foreach (var member in likelihoods)
                        Assert.InRange(mixture.Select((p, row) => counts[row] * member[row] / p).Sum() / counts.Sum(), 0, 1 + 1e-3);
                },
                iter: 100
            );

    [Fact]
    public void Equal_NoPlan_IsRefused() =>
        Assert.Equal("plans", Assert.Throws<FittingException>(() => EnsembleFit.Equal(Reference, [])).Subject);

    private static IEnumerable<double> Intercepts(FittedEnsemble ensemble) => ensemble.Members.Select(member => member.Model.Intercept);
}
