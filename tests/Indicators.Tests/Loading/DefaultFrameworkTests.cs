using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Indicators.Catalogue;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Watching;
using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Indicators.Tests.Loading;

public sealed class DefaultFrameworkTests
{
    private static readonly FrameworkFile s_file = FrameworkFileReader.Read(FileFolder.Packaged, "atrocity-crimes.yaml");
    private static readonly Dictionary<string, V1.Indicator> s_indicators = s_file.Indicators.ToDictionary(indicator => indicator.Code);

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
            threshold =>
                new WatchedCondition(threshold, framework, Target.Find(framework, threshold.Target)!.Value).Read(
                    state,
                    null,
                    () => StateDistribution.Of(state),
                    out _
                )
        );
        Assert.Equal(
            [ConditionReading.Met, ConditionReading.Met, ConditionReading.Met],
            [readings["genocide"], readings["severe"], readings["severe-unconfirmed"]]
        );
        Assert.Equal(
            [ConditionReading.Unknown, ConditionReading.Unknown, ConditionReading.Unknown],
            [readings["high"], readings["rising"], readings["war-crimes"]]
        );
    }

    [Theory]
    [InlineData("atrocity-crimes.yaml")]
    [InlineData("lack-of-resilience.yaml")]
    public async Task Thresholds_AreAcceptedByTheCatalogueAndAskForCoverage(string name)
    {
        var file = FrameworkFileReader.Read(FileFolder.Packaged, name);
        var grain = new CatalogueGrain(
            new TestStore(TimeProvider.System),
            new Suite(Exercise: false, ""),
            TimeProvider.System,
            NullLogger<CatalogueGrain>.Instance
        );
        var created = await grain.CreateFrameworkAsync(file.Framework!, file.Indicators, false);
        Assert.Empty(created.Faults);

        foreach (var threshold in file.Thresholds)
        {
            var change = await grain.CreateThresholdAsync(threshold, false);
            Assert.Empty(change.Faults);
            Assert.True(threshold.MinimumCoverage > 0, threshold.Name);
        }

        Assert.NotEmpty(file.Thresholds);
    }

    private static CompiledFramework Compiled()
    {
        Assert.True(
            FrameworkModels.TryCompile(s_file.Framework!, 1, s_indicators.GetValueOrDefault, out var compiled, out var faults),
            string.Join('\n', faults)
        );
        return compiled;
    }
}
