using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Indicators.Catalogue;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.ServiceDefaults;
using Microsoft.Extensions.Logging.Abstractions;
using Reading = EarlyWarning.Catalogue.Watching.Reading;

namespace EarlyWarning.Indicators.Tests.Loading;

public sealed class DefaultFrameworkTests
{
    private static readonly FrameworkFile s_file = FrameworkFileReader.Read(FileFolder.Packaged, "atrocity-crimes.yaml");
    private static readonly Dictionary<string, V1.Indicator> s_indicators = s_file.Indicators.ToDictionary(indicator => indicator.Code);

    [Fact]
    public void Packaged_EveryFileAtTheTop_CanBeRead()
        => Assert.Contains("atrocity-crimes.yaml", FileFolder.Packaged.List().Select(name => (FrameworkFileReader.Read(FileFolder.Packaged, name), name).name));

    [Fact]
    public void Framework_FourteenFactorsAndResilience_HaveFiveIndicatorsOrMoreEach()
    {
        string[] expected = [.. Enumerable.Range(1, 14).Select(number => $"r{number:00}"), "resilience"];

        var counts = expected.ToDictionary(code => code, code => LeavesUnder(NodeOf(code)).Count());

        Assert.All(counts, pair => Assert.True(pair.Value >= 5, $"{pair.Key} has {pair.Value} indicators."));
        Assert.Equal(s_indicators.Count, LeavesUnder(s_file.Framework!.Composite.Root).Count());
    }

    [Fact]
    public void Framework_SpecificFactors_StandUnderTheirCrimes()
    {
        Assert.Equal(["r09", "r10"], NodeOf("genocide").Children.Select(child => child.Code));
        Assert.Equal(["r11", "r12"], NodeOf("crimes-against-humanity").Children.Select(child => child.Code));
        Assert.Equal(["r13", "r14"], NodeOf("war-crimes").Children.Select(child => child.Code));
    }

    [Fact]
    public void Framework_EveryIndicator_IsDescribedInFull()
    {
        Assert.All(LeavesUnder(s_file.Framework!.Composite.Root), leaf =>
        {
            var indicator = s_indicators[leaf.Indicator];
            Assert.All([indicator.DisplayName, indicator.Definition, indicator.Unit, indicator.Evidence, leaf.Reason], text => Assert.True(text.Length > 4, $"{leaf.Indicator}: '{text}'"));
            Assert.True(indicator.HasMinimum, leaf.Indicator);
            Assert.True(leaf.Low < leaf.High && leaf.Low >= indicator.Minimum, leaf.Indicator);
            Assert.True(!indicator.HasMaximum || leaf.High <= indicator.Maximum, leaf.Indicator);
            Assert.True(leaf.Validity?.Seconds > 0, leaf.Indicator);
        });
        Assert.Equal(s_indicators.Count, s_indicators.Values.Select(indicator => indicator.Definition).Distinct().Count());
    }

    [Fact]
    public void Framework_Resilience_CountsWhatIsWanting()
        => Assert.All(LeavesUnder(NodeOf("resilience")), leaf => Assert.Equal(V1.Direction.Decreasing, leaf.Direction));

    [Fact]
    public void Framework_Compiled_WeighsDimensionsAsItSays()
    {
        Assert.True(FrameworkModels.TryCompile(s_file.Framework!, 1, s_indicators.GetValueOrDefault, out var compiled, out var faults), string.Join('\n', faults));

        double WeightOf(string code) => compiled.TryGetNode(code, out var node) ? compiled.Nodes[node].EffectiveWeight : 0;
        Assert.Equal([1 / 2.0, 1 / 3.0, 1 / 6.0], [WeightOf("common"), WeightOf("specific"), WeightOf("resilience")], (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(["low", "moderate", "elevated", "high", "severe"], compiled.Model.Bands.Select(band => band.Name));
    }

    [Fact]
    public void Framework_EveryIndicator_StatesADefaultErrorWithAReason()
        => Assert.All(s_indicators.Values, indicator => Assert.True(indicator.DefaultError?.Reason.Length > 20, indicator.Code));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Level_AllSignsOfIntentNearTheTop_IsSevereWhateverTheRestSays(double rest)
    {
        var framework = Compiled();
        var state = new ScoreState(framework);
        foreach (var leaf in framework.Leaves)
        {
            var indicator = s_indicators[leaf.Indicator];
            state.Set(leaf.Index, leaf.Indicator.StartsWith("r10.", StringComparison.Ordinal) ? 3.6 : rest == 0 ? Calm(indicator, leaf.Indicator) : indicator.HasMaximum ? Math.Min(rest, indicator.Maximum) : rest);
        }

        state.Update();

        Assert.InRange(state.NodeScore(Node(framework, "r10"))!.Value, 80, 95);
        Assert.Equal(("severe", "r10"), (framework.Model.Bands[state.LevelIndex].Name, framework.Nodes[state.DecidingNode].Code));
    }

    [Fact]
    public void Level_AllSignsOfIntentAndNothingElse_IsSevereAtLeastAndFires()
    {
        var framework = Compiled();
        var state = new ScoreState(framework);
        foreach (var leaf in framework.Leaves.Where(leaf => leaf.Indicator.StartsWith("r10.", StringComparison.Ordinal)))
        {
            state.Set(leaf.Index, 4);
        }

        state.Update();

        Assert.Null(state.Score);
        Assert.Equal(-1, state.LevelIndex);
        Assert.Equal(("severe", "r10"), (framework.Model.Bands[state.LevelAtLeast].Name, framework.Nodes[state.DecidingNode].Code));
        var readings = s_file.Thresholds.ToDictionary(
            threshold => threshold.Name["thresholds/atrocity-crimes-".Length..],
            threshold => new WatchedCondition(threshold, framework, Target.Find(framework, threshold.Target)!.Value)
                .Read(state, null, () => StateDistribution.Of(state), out _));
        Assert.Equal([Reading.Met, Reading.Met], [readings["genocide"], readings["severe"]]);
        Assert.Equal([Reading.Unknown, Reading.Unknown, Reading.Unknown], [readings["high"], readings["rising"], readings["war-crimes"]]);
    }

    [Fact]
    public async Task Thresholds_AreAcceptedByTheCatalogueAndAskForCoverage()
    {
        var grain = new CatalogueGrain(new TestStore(TimeProvider.System), new Suite(Exercise: false, ""), TimeProvider.System, NullLogger<CatalogueGrain>.Instance);
        var created = await grain.CreateFrameworkAsync(s_file.Framework!, s_file.Indicators, false);
        Assert.Empty(created.Faults);

        foreach (var threshold in s_file.Thresholds)
        {
            var change = await grain.CreateThresholdAsync(threshold, false);
            Assert.Empty(change.Faults);
            Assert.True(threshold.MinimumCoverage > 0, threshold.Name);
        }

        Assert.True(s_file.Thresholds.Count >= 5);
    }

    private static CompiledFramework Compiled()
    {
        Assert.True(FrameworkModels.TryCompile(s_file.Framework!, 1, s_indicators.GetValueOrDefault, out var compiled, out var faults), string.Join('\n', faults));
        return compiled;
    }

    private static int Node(CompiledFramework framework, string code) => framework.TryGetNode(code, out var node) ? node : -1;

    // The end of its range at which an indicator adds least.
    private static double Calm(V1.Indicator indicator, string code)
    {
        var leaf = LeavesUnder(s_file.Framework!.Composite.Root).Single(leaf => leaf.Indicator == code);
        return leaf.Direction == V1.Direction.Increasing ? Math.Max(indicator.Minimum, leaf.Low) : leaf.High;
    }

    private static V1.Node NodeOf(string code) => Nodes(s_file.Framework!.Composite.Root).Single(node => node.Code == code);

    private static IEnumerable<V1.Node> Nodes(V1.Node node) => node.Children.SelectMany(Nodes).Prepend(node);

    private static IEnumerable<V1.Leaf> LeavesUnder(V1.Node node) => Nodes(node).Where(child => child.Leaf is not null).Select(child => child.Leaf);
}
