using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>Counts the sources that stand behind a condition, so that one coder's judgement does not warn alone.</summary>
internal static class Corroboration
{
    /// <summary>
    /// Counts the sources of which a newest observation that is valid at a moment lies, by itself, at or above a line: the score that it
    /// would have, and of an indicator its value. What another source's newer observation has set aside counts too.
    /// </summary>
    public static int Sources(FrameworkState framework, Target target, double line, long clock)
    {
        var alone = new ScoreState(framework.Compiled, framework.Unit);
        alone.CopyFrom(framework.Present);
        var sources = new HashSet<string>(StringComparer.Ordinal);
        var (first, count) = target.Leaves(framework.Compiled);
        for (var leaf = first; leaf < first + count; leaf++)
        {
            var validity = Validity.Of(framework.Compiled.Leaves[leaf]);
            foreach (var series in framework.Indicator(leaf)?.Present ?? [])
            {
                if (
                    !series.IsEmpty
                    && double.IsFinite(series.Value)
                    && Validity.End(series.Observed, validity) > clock
                    && Severity(series.Value) >= line
                )
                {
                    sources.Add(series.Source);
                }
            }

            double? Severity(double value)
            {
                if (target.Leaf >= 0)
                {
                    return value;
                }

                alone.Set(leaf, value, 0);
                alone.Update();
                return alone.LeafScore(leaf);
            }
        }

        return sources.Count;
    }
}
