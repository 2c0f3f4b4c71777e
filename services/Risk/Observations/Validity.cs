using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Risk.Observations;

/// <summary>How long observations count, in ticks; <see cref="long.MaxValue"/> is for ever.</summary>
internal static class Validity
{
    public static long Of(LeafInfo leaf) => Of(leaf.Validity);

    public static long Of(TimeSpan? validity) => validity?.Ticks ?? long.MaxValue;

    /// <summary>When an observation stops counting.</summary>
    public static long End(long observed, long validity) => observed > long.MaxValue - validity ? long.MaxValue : observed + validity;
}
