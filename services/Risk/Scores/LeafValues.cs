using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Scores;

/// <summary>
/// What a framework's leaves held, apart from a state: first the values, NaN where one is missing, then the standard errors that were
/// stated, NaN where none was.
/// </summary>
internal static class LeafValues
{
    public static double[] Copy(ScoreState state)
    {
        var count = state.Framework.LeafCount;
        var held = new double[2 * count];
        for (var leaf = 0; leaf < count; leaf++)
        {
            held[leaf] = state.LeafValue(leaf) ?? double.NaN;
            held[count + leaf] = state.LeafErrorIsDefault(leaf) ? double.NaN : state.LeafStandardError(leaf) ?? double.NaN;
        }

        return held;
    }

    /// <summary>Scores again what was held; nothing where it belongs to another version of the framework.</summary>
    public static ScoreState? Score(FrameworkState framework, double[]? held)
    {
        var count = framework.Compiled.LeafCount;
        if (held is null || held.Length != 2 * count)
        {
            return null;
        }

        var state = new ScoreState(framework.Compiled, framework.Unit);
        for (var leaf = 0; leaf < count; leaf++)
        {
            if (double.IsFinite(held[leaf]))
            {
                state.Set(leaf, held[leaf], double.IsFinite(held[count + leaf]) ? held[count + leaf] : null);
            }
        }

        state.Update();
        return state;
    }
}
