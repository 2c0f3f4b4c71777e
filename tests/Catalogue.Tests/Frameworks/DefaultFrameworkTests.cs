using System.Text.RegularExpressions;
using EarlyWarning.Catalogue.Files;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Catalogue.Tests.Frameworks;

/// <summary>What the frameworks that come with the suite promise whoever reads or uses them.</summary>
public sealed partial class DefaultFrameworkTests
{
    private static readonly string[] s_acts =
    [
        "r10.killing-by-membership",
        "r10.conditions-of-life",
        "r10.births-and-children",
        "r10.sexual-violence",
    ];

    public static TheoryData<PackagedFramework> Both => [PackagedFramework.Risk, PackagedFramework.Resilience];

    [Fact]
    public void Packaged_EveryFileAtTheTop_CanBeRead() =>
        Assert.Equal(
            ["atrocity-crimes.yaml", "lack-of-resilience.yaml"],
            FileFolder.Packaged.List().Where(name => FrameworkFileReader.Read(FileFolder.Packaged, name).Framework is not null)
        );

    [Fact]
    public void Framework_FourteenFactors_StandInTheOrderOfTheUnitedNations()
    {
        Assert.Equal(
            Enumerable.Range(1, 14).Select(number => $"r{number:00}"),
            PackagedFramework.Risk.Nodes.Select(node => node.Code).Where(code => Factor().IsMatch(code))
        );
        Assert.Equal(["r09", "r10"], Children("genocide"));
        Assert.Equal(["r11", "r12"], Children("crimes-against-humanity"));
        Assert.Equal(["r13", "r14"], Children("war-crimes"));
        Assert.All(PackagedFramework.Risk.Leaves, leaf => Assert.DoesNotContain("res.", leaf.Code, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Both), DisableDiscoveryEnumeration = true)]
    public void Indicator_Every_IsDescribedInFull(PackagedFramework framework) => Assert.All(framework.Leaves, node =>
        {
            var (leaf, indicator) = (node.Leaf, framework.Indicators[node.Leaf.Indicator]);
            Assert.All([indicator.DisplayName, indicator.Definition, indicator.Unit, indicator.Evidence], text =>
                Assert.True(text.Length > 4, text)
            );
            Assert.True(
                leaf.Low < leaf.High && leaf.Low >= indicator.Minimum && (!indicator.HasMaximum || leaf.High <= indicator.Maximum),
                node.Code
            );
            Assert.True(leaf.Validity?.Seconds > 0);
            Assert.True(indicator.DefaultError?.Reason.Length > 15, "It says why its error is what it is.");
        });

    [Theory]
    [MemberData(nameof(Both), DisableDiscoveryEnumeration = true)]
    public void Indicator_Every_SaysInWordsWhatPeaceAndCrisisAndAtrocityLookedLike(PackagedFramework framework) =>
        Assert.All(framework.Leaves, node =>
        {
            Assert.Matches("(?i)peace", node.Leaf.Reason);
            Assert.Matches("(?i)crisis", node.Leaf.Reason);
            Assert.Matches(framework.IsJudged(node) ? "[34]|atrocit" : "atrocit", node.Leaf.Reason);
        });

    [Theory]
    [MemberData(nameof(Both), DisableDiscoveryEnumeration = true)]
    public void Judgement_Every_HasAnAnchorForEachStepAndTakesNothingElse(PackagedFramework framework)
    {
        Assert.All(framework.Leaves.Where(framework.IsJudged), node =>
        {
            var anchors = framework.Indicators[node.Code].Anchors;
            Assert.Equal([0, 1, 2, 3, 4], anchors.Select(anchor => anchor.Value));
            Assert.Equal(5, anchors.Select(anchor => anchor.Meaning).Distinct().Count());
            Assert.Equal((0, 4), (node.Leaf.Low, node.Leaf.High));
        });
        Assert.All(framework.Leaves, node =>
            Assert.Equal(framework.Indicators[node.Code].DefaultError.Judgement is not null, framework.IsJudged(node))
        );
    }

    [Theory]
    [MemberData(nameof(Both), DisableDiscoveryEnumeration = true)]
    public void Weight_Every_HasAReasonOfItsOwn(PackagedFramework framework) =>
        Assert.All(framework.Nodes.Skip(1), node => Assert.True(node.HasWeight && node.WeightReason.Length > 10, node.Code));

    [Fact]
    public void Weights_ActsAgainstAGroup_PassAnyStructuralIndicatorsAndKillingMost()
    {
        var risk = PackagedFramework.Risk;
        var structural = risk.Leaves.Where(leaf => string.CompareOrdinal(leaf.Code, "r07") < 0).Max(leaf => risk.Weight(leaf.Code));
        Assert.All(s_acts, act => Assert.True(risk.Weight(act) > structural, act));
        Assert.Equal(s_acts[0], risk.Leaves.MaxBy(leaf => risk.Weight(leaf.Code))!.Code);
        Assert.All([s_acts[0], "killing"], code => Assert.True(risk.Weight(code) > 3 * structural, code));
    }

    [Fact]
    public void Weights_Structure_ComesToAFifthWhereElevatedBegins()
    {
        var risk = PackagedFramework.Risk;
        var structure = Enumerable.Range(1, 6).Sum(number => risk.Weight($"r{number:00}"));
        Assert.InRange(structure, 0.19, 0.2);
        Assert.Equal([10, 20], risk.File.Framework!.Bands.Skip(1).Take(2).Select(band => band.LowerBound));
    }

    [Theory]
    [InlineData("elevated", "r10.killing-by-membership")]
    [InlineData("elevated", "r10.conditions-of-life")]
    [InlineData("elevated", "r10.births-and-children")]
    [InlineData("elevated", "r10.declared-intent")]
    [InlineData("elevated", "r12.orders")]
    [InlineData("elevated", "r07.incitement")]
    [InlineData("elevated", "r07.militias")]
    [InlineData("elevated", "r07.marking-and-lists")]
    [InlineData("moderate", "r08.assassination")]
    [InlineData("moderate", "r08.terror-attack")]
    [InlineData("moderate", "r08.election")]
    [InlineData("moderate", "r08.irregular-change")]
    [InlineData("moderate", "r13.prohibited-weapons")]
    [InlineData("moderate", "r13.indiscriminate")]
    [InlineData("high", "r10.conditions-of-life", "r10.births-and-children")]
    [InlineData("high", "r10.declared-intent", "r10.killing-by-membership")]
    [InlineData("severe", "r10.declared-intent", "r10.conditions-of-life", "r10.births-and-children")]
    public void Level_SingleSignsAtTheirEndAndCalmElsewhere_AreNotAveragedAway(string level, params string[] signs)
    {
        var framework = PackagedFramework.Risk.Compiled;
        var state = new ScoreState(framework);
        foreach (var node in PackagedFramework.Risk.Leaves)
        {
            framework.TryGetLeaf(node.Code, out var leaf);
            state.Set(leaf, signs.Contains(node.Code) ? 4 : ProfileScore.Calm(node.Leaf));
        }

        state.Update();

        Assert.Equal((level, signs[0][..3]), (framework.Model.Bands[state.LevelIndex].Name, framework.Nodes[state.DecidingNode].Code));
    }

    [Fact]
    public void Thresholds_Emergencies_AskForTwoSources() =>
        Assert.All(PackagedFramework.Risk.File.Thresholds, threshold =>
            Assert.Equal(threshold.Severity == V1.Severity.Emergency ? 2 : 0, threshold.MinimumSources)
        );

    [Fact]
    public void Resilience_CountsWhatIsWanting() =>
        Assert.All(PackagedFramework.Resilience.Leaves, leaf => Assert.Equal(V1.Direction.Decreasing, leaf.Leaf.Direction));

    private static IEnumerable<string> Children(string code) =>
        PackagedFramework.Risk.Nodes.Single(node => node.Code == code).Children.Select(child => child.Code);

    [GeneratedRegex(@"^r\d\d$")]
    private static partial Regex Factor();
}
