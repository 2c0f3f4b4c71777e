using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Risk.Countries;

/// <summary>When observations stop counting, in ticks; <see cref="long.MaxValue"/> is never.</summary>
internal static class Ends
{
    public static long Of(long observed, long validity) => observed > long.MaxValue - validity ? long.MaxValue : observed + validity;

    public static long Validity(LeafInfo leaf) => Ticks(leaf.Validity);

    public static long Ticks(TimeSpan? validity) => validity?.Ticks ?? long.MaxValue;
}
