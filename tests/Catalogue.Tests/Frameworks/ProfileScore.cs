using System.Globalization;
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

    /// <summary>The indicator that adds most to the node that decides.</summary>
    public string Explained
    {
        get
        {
            if (LevelIndex < 0)
            {
                return "–";
            }

            var parts = new double[State.Framework.LeafCount];
            State.NodeContributions(State.DecidingNode, parts);
            return State.Framework.Leaves[Array.IndexOf(parts, parts.Max())].Indicator;
        }
    }

    /// <summary>
    /// Scores all profiles and puts them in the order in which countries are ranked: by level, then by score; those without a score last.
    /// </summary>
    public static IReadOnlyList<ProfileScore> All(PackagedFramework framework) =>
        [
            .. Profile
                .All.Select(profile => Of(profile, framework))
                .OrderByDescending(score => score.State.Score is null ? -1 : score.LevelIndex)
                .ThenByDescending(score => score.State.Score),
        ];

    /// <summary>The end of its goalposts at which an indicator adds least.</summary>
    public static double Calm(V1.Leaf leaf) => leaf.Direction == V1.Direction.Increasing ? leaf.Low : leaf.High;

    private static ProfileScore Of(Profile profile, PackagedFramework framework)
    {
        var state = new ScoreState(framework.Compiled);
        foreach (var node in framework.Leaves)
        {
            if (!profile.IsUnknown(node.Code))
            {
                framework.Compiled.TryGetLeaf(node.Code, out var leaf);
                state.Set(leaf, profile.Named.TryGetValue(node.Code, out var value) ? value : Calm(node.Leaf));
            }
        }

        state.Update();
        return new(profile, state);
    }
}
