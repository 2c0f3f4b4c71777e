using System.Globalization;
using EarlyWarning.Catalogue.Files;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Catalogue.Tests.Frameworks;

/// <summary>What a framework makes of a profile, by the engine that scores countries.</summary>
internal sealed class ProfileScore
{
    private ProfileScore(Profile profile, ScoreState state) => (Profile, State) = (profile, state);

    public Profile Profile { get; }

    public ScoreState State { get; }

    /// <summary>The level's number; of what nodes reach where the index has too little data, -1 where nothing is known.</summary>
    public int LevelIndex => Math.Max(State.LevelIndex, State.LevelAtLeast);

    public string Level => LevelIndex < 0 ? "none" : State.Framework.Model.Bands[LevelIndex].Name;

    /// <summary>The node that decides on the level.</summary>
    public string DecidedBy => LevelIndex < 0 ? "–" : State.Framework.Nodes[State.DecidingNode].Code;

    public string Score => State.Score is { } score ? score.ToString("0", CultureInfo.InvariantCulture) : "–";

    public string Coverage => (State.Coverage * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Scores all profiles and puts them in the order in which countries are ranked: by level, then by score; those without a score last.</summary>
    public static IReadOnlyList<ProfileScore> All(FrameworkFile file, Func<Profile, V1.Leaf, double?> value)
    {
        var indicators = file.Indicators.ToDictionary(indicator => indicator.Code);
        Assert.True(FrameworkModels.TryCompile(file.Framework!, 1, indicators.GetValueOrDefault, out var compiled, out var faults), string.Join('\n', faults));
        var leaves = Leaves(file.Framework!.Composite.Root).ToDictionary(leaf => leaf.Indicator);
        return [.. Profile.All.Select(profile => Of(profile, compiled, leaves, value))
            .OrderByDescending(score => score.State.Score is null ? -1 : score.LevelIndex)
            .ThenByDescending(score => score.State.Score)];
    }

    /// <summary>The end of its goalposts at which an indicator adds least.</summary>
    public static double Calm(V1.Leaf leaf) => leaf.Direction == V1.Direction.Increasing ? leaf.Low : leaf.High;

    private static ProfileScore Of(Profile profile, CompiledFramework framework, Dictionary<string, V1.Leaf> leaves, Func<Profile, V1.Leaf, double?> value)
    {
        var state = new ScoreState(framework);
        foreach (var leaf in framework.Leaves)
        {
            if (value(profile, leaves[leaf.Indicator]) is { } known)
            {
                state.Set(leaf.Index, known);
            }
        }

        state.Update();
        return new(profile, state);
    }

    private static IEnumerable<V1.Leaf> Leaves(V1.Node node) => node.Leaf is { } leaf ? [leaf] : node.Children.SelectMany(Leaves);
}
