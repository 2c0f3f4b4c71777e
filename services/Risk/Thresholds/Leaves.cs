using EarlyWarning.Risk.Countries;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>The values of a framework's leaves, apart from a state: NaN where one is missing.</summary>
internal static class Leaves
{
    public static double[] Copy(ScoreState state)
    {
        var values = new double[state.Framework.LeafCount];
        for (var leaf = 0; leaf < values.Length; leaf++)
        {
            values[leaf] = state.LeafValue(leaf) ?? double.NaN;
        }

        return values;
    }

    /// <summary>Scores the values again; nothing where they belong to another version of the framework.</summary>
    public static ScoreState? Score(FrameworkState framework, double[]? values)
    {
        if (values is null || values.Length != framework.Compiled.LeafCount)
        {
            return null;
        }

        var state = new ScoreState(framework.Compiled, framework.Unit);
        for (var leaf = 0; leaf < values.Length; leaf++)
        {
            if (double.IsFinite(values[leaf]))
            {
                state.Set(leaf, values[leaf]);
            }
        }

        state.Update();
        return state;
    }
}
